//! Where something is on the earth, and how far from somewhere else.

/// A place by its coordinates, as maps in China give them (GCJ-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    latitude_udeg: i32,
    longitude_udeg: i32,
}

/// Coordinates that are nowhere on earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("coordinates are degrees: latitude from -90 to 90, longitude from -180 to 180")]
pub struct InvalidPlace;

const UDEG: f64 = 1e6;
/// The earth's mean radius in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

impl Place {
    /// The place at these degrees.
    pub fn at(latitude_deg: f64, longitude_deg: f64) -> Result<Self, InvalidPlace> {
        let fits = (-90.0..=90.0).contains(&latitude_deg) && (-180.0..=180.0).contains(&longitude_deg);
        let udeg = |degrees: f64| (degrees * UDEG).round() as i32;
        fits.then(|| Self { latitude_udeg: udeg(latitude_deg), longitude_udeg: udeg(longitude_deg) })
            .ok_or(InvalidPlace)
    }

    /// The place at these millionths of a degree.
    pub fn from_udeg(latitude_udeg: i64, longitude_udeg: i64) -> Result<Self, InvalidPlace> {
        Self::at(latitude_udeg as f64 / UDEG, longitude_udeg as f64 / UDEG)
    }

    /// Latitude in millionths of a degree.
    pub const fn latitude_udeg(self) -> i32 {
        self.latitude_udeg
    }

    /// Longitude in millionths of a degree.
    pub const fn longitude_udeg(self) -> i32 {
        self.longitude_udeg
    }

    /// Latitude in degrees.
    pub fn latitude_deg(self) -> f64 {
        f64::from(self.latitude_udeg) / UDEG
    }

    /// Longitude in degrees.
    pub fn longitude_deg(self) -> f64 {
        f64::from(self.longitude_udeg) / UDEG
    }

    /// Metres to another place, over the earth's surface (haversine).
    pub fn distance_m(self, other: Self) -> f64 {
        let (from, to) = (self.latitude_deg().to_radians(), other.latitude_deg().to_radians());
        let across = (other.longitude_deg() - self.longitude_deg()).to_radians();
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        let chord = half(to - from) + from.cos() * to.cos() * half(across);
        2.0 * EARTH_RADIUS_M * chord.clamp(0.0, 1.0).sqrt().asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let xiamen = Place::at(24.479_8, 118.089_4).unwrap();
        let beijing = Place::at(39.904_2, 116.407_4).unwrap();
        let km = xiamen.distance_m(beijing) / 1000.0;
        assert!((1700.0..1740.0).contains(&km), "{km}");
        assert!(xiamen.distance_m(xiamen).abs() < 1e-6);
        assert_eq!(Place::at(91.0, 0.0), Err(InvalidPlace));
        assert_eq!(Place::at(f64::NAN, 0.0), Err(InvalidPlace));
    }
}
