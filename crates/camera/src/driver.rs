//! A family of cameras, and several families as one.

use std::{fmt::Debug, sync::Arc};

use crate::{Camera, Device, DeviceId, Fault, Limits};

/// A family of cameras reached in one way.
pub trait Driver: Debug + Send + Sync {
    /// One lower-case word, the first part of its [`DeviceId`]s.
    fn name(&self) -> &'static str;

    /// Every camera in sight, also those that cannot be used now, each with why not and what to do. Opens none.
    fn list(&self) -> Result<Vec<Device>, Fault>;

    /// Opens one on the calling thread, which is the only thread that will use it.
    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault>;
}

/// Several drivers that look like one.
#[derive(Debug, Clone, Default)]
pub struct DriverSet {
    drivers: Vec<Arc<dyn Driver>>,
}

impl DriverSet {
    /// Drivers in the order in which their cameras are listed.
    pub fn new(drivers: Vec<Arc<dyn Driver>>) -> Self {
        Self { drivers }
    }
}

impl Driver for DriverSet {
    fn name(&self) -> &'static str {
        "any"
    }

    /// A driver that cannot list becomes an unusable entry, so that it does not hide the others' cameras.
    fn list(&self) -> Result<Vec<Device>, Fault> {
        Ok(self
            .drivers
            .iter()
            .flat_map(|driver| {
                driver.list().unwrap_or_else(|fault| {
                    vec![Device::unusable(DeviceId::new(driver.name(), ""), driver.name(), fault)]
                })
            })
            .collect())
    }

    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault> {
        self.drivers
            .iter()
            .find(|driver| driver.name() == id.driver())
            .ok_or(Fault::NotFound)?
            .open(id, limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Scripted(&'static str, Result<(), Fault>);

    struct Bare;

    impl Camera for Bare {}

    impl Driver for Scripted {
        fn name(&self) -> &'static str {
            self.0
        }

        fn list(&self) -> Result<Vec<Device>, Fault> {
            self.1.map(|()| vec![Device::usable(DeviceId::new(self.0, 0), "Camera")])
        }

        fn open(&self, _: &DeviceId, _: &Limits) -> Result<Box<dyn Camera>, Fault> {
            Ok(Box::new(Bare))
        }
    }

    #[test]
    fn a_failing_driver_does_not_hide_the_others() {
        let set = DriverSet::new(vec![
            Arc::new(Scripted("usb", Err(Fault::NotPermitted))),
            Arc::new(Scripted("folder", Ok(()))),
        ]);
        let devices = set.list().unwrap();
        assert_eq!(devices[0].unusable, Some(Fault::NotPermitted));
        assert_eq!(devices[1].unusable, None);
        assert!(set.open(&devices[1].id, &Limits::default()).is_ok());
        assert_eq!(set.open(&DeviceId::new("else", 0), &Limits::default()).err(), Some(Fault::NotFound));
    }

    #[test]
    fn a_bare_camera_has_no_ability() {
        let abilities = crate::Abilities::of(&mut Bare);
        assert!(!abilities.still && !abilities.live && !abilities.outside && !abilities.settings);
        assert_eq!(Bare.status(), Ok(crate::Status::default()));
    }
}
