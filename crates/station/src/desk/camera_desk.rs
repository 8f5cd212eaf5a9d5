//! The station's camera: which one is open, what it says of itself, and for whom its shutter was released.

use std::io;
use std::sync::Arc;

use gradshot_camera::{
    Activity, CameraThread, Choice, DeviceId, Driver, Event, Limits, Shot, ShotRequest, Viewer,
};
use gradshot_domain::TicketId;
use gradshot_wire::desk::{CameraDevice, CameraLink, CameraPanel, CameraSettingKey};
use tokio::sync::{mpsc, watch};

use super::camera_memory::CameraMemory;
use super::{Frame, Input, camera};
use crate::session::{self, Failure};

/// Shutter releases that may be under way; the machine allows one, a slow camera may answer late.
const MAX_REQUESTS: usize = 16;

pub(super) struct CameraDesk {
    driver: Arc<dyn Driver>,
    generation: u32,
    thread: CameraThread,
    viewer: Viewer,
    memory: CameraMemory,
    link: CameraLink,
    panel: CameraPanel,
    /// For whom the shutter was released.
    requests: Vec<(ShotRequest, Purpose)>,
    next_request: u64,
    inbox: mpsc::WeakSender<Input>,
    frames: watch::Sender<Option<Frame>>,
}

/// Whose a shot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The student's of this ticket.
    Ticket(TicketId),
    /// Nobody's: camera and light are tested.
    Test,
    /// Released on the body or by other software.
    Outside,
}

/// What a camera's event comes to.
pub(super) enum News {
    /// Something for the machine.
    Event(session::Event),
    /// A file came.
    Shot(Purpose, Shot),
}

impl CameraDesk {
    pub(super) fn open(
        driver: Arc<dyn Driver>,
        choice: Choice,
        memory: CameraMemory,
        inbox: mpsc::WeakSender<Input>,
        frames: watch::Sender<Option<Frame>>,
    ) -> io::Result<Self> {
        let panel =
            CameraPanel { chosen: chosen(&choice), presets: memory.presets(), ..CameraPanel::default() };
        let (thread, events) = CameraThread::start(Arc::clone(&driver), choice, Limits::default())?;
        tokio::spawn(camera::forward(events, 0, inbox.clone(), frames.clone()));
        Ok(Self {
            driver,
            generation: 0,
            viewer: thread.watch(),
            thread,
            memory,
            link: CameraLink::default(),
            panel,
            requests: Vec::new(),
            next_request: 0,
            inbox,
            frames,
        })
    }

    /// Closes the camera and opens another one. Gives the choice, to be remembered.
    pub(super) fn choose(&mut self, id: Option<&str>) -> Result<Choice, Failure> {
        let choice = match id {
            None => Choice::First,
            Some(id) => {
                let device = self.panel.devices.iter().find(|device| device.id == id);
                let device = device.ok_or_else(|| {
                    Failure::new("这台相机已经不在了，请重新查找", "This camera is gone: look again")
                })?;
                let (driver, address) = id.split_once(':').unwrap_or((id, ""));
                Choice::This { id: DeviceId::new(driver, address), name: device.name.clone() }
            }
        };
        let started = CameraThread::start(Arc::clone(&self.driver), choice.clone(), Limits::default());
        let (thread, events) = started.map_err(|error| {
            Failure::new("相机线程启动失败，请重新打开程序", format!("No thread for the camera: {error}"))
        })?;
        self.generation += 1;
        let viewer = thread.watch();
        let before =
            (std::mem::replace(&mut self.thread, thread), std::mem::replace(&mut self.viewer, viewer));
        // Closing waits for the camera to let go.
        tokio::task::spawn_blocking(move || drop(before));
        tokio::spawn(camera::forward(events, self.generation, self.inbox.clone(), self.frames.clone()));
        self.frames.send_replace(None);
        self.memory.change_camera();
        self.requests.clear();
        self.link = CameraLink::default();
        self.panel.chosen = chosen(&choice);
        (self.panel.open, self.panel.settings) = (None, Vec::new());
        Ok(choice)
    }

    pub(super) const fn memory(&mut self) -> &mut CameraMemory {
        &mut self.memory
    }

    pub(super) fn link(&self) -> session::Event {
        session::Event::CameraLink(self.link.clone())
    }

    pub(super) fn panel(&mut self) -> session::Event {
        self.panel.presets = self.memory.presets();
        session::Event::Panel(Box::new(self.panel.clone()))
    }

    pub(super) fn found(&mut self, devices: Vec<CameraDevice>) {
        self.panel.devices = devices;
    }

    /// Looks which cameras there are, on a thread where waiting does no harm.
    pub(super) fn find(&self) {
        let (driver, inbox) = (Arc::clone(&self.driver), self.inbox.clone());
        tokio::spawn(async move {
            let listed = tokio::task::spawn_blocking(move || driver.list()).await;
            let (devices, fault) = match listed {
                Ok(Ok(devices)) => (devices.iter().map(camera::device).collect(), None),
                Ok(Err(fault)) => (Vec::new(), Some(fault)),
                // The look itself broke down; nothing is known of the cameras.
                Err(_) => return,
            };
            let Some(inbox) = inbox.upgrade() else { return };
            let _ = inbox.send(Input::Cameras(devices)).await;
            if let Some(fault) = fault {
                let failed = session::Event::Failed(camera::in_words(fault));
                let _ = inbox.send(Input::Event(Box::new(failed))).await;
            }
        });
    }

    pub(super) fn shoot(&mut self, purpose: Purpose) {
        self.next_request += 1;
        let request = ShotRequest(self.next_request);
        if self.requests.len() == MAX_REQUESTS {
            self.requests.remove(0);
        }
        self.requests.push((request, purpose));
        self.thread.shoot(request);
    }

    pub(super) fn reopen(&self) {
        self.thread.reopen();
    }

    pub(super) fn set(&self, key: CameraSettingKey, value: String) {
        self.thread.set(camera::key(key), value);
    }

    pub(super) fn apply_preset(&self, name: &str) {
        self.memory.apply_preset(name, &self.thread);
    }

    pub(super) fn sealed(&mut self, ticket: TicketId) {
        self.memory.sealed(ticket, &self.thread);
    }

    /// What an event of the camera comes to; one of a camera that was closed, to nothing.
    pub(super) fn hear(&mut self, generation: u32, event: Event) -> Vec<News> {
        if generation != self.generation {
            return Vec::new();
        }
        match event {
            Event::Connected { device, abilities } => {
                self.memory.connected(&device, abilities, &self.thread);
                self.panel.open = Some(device.id.to_string());
                self.link = CameraLink {
                    model: device.name,
                    ready: true,
                    shoots_on_request: abilities.still,
                    has_live_view: abilities.live,
                    has_settings: abilities.settings,
                    ..CameraLink::default()
                };
                self.find();
                vec![News::Event(self.link()), News::Event(self.panel())]
            }
            Event::Disconnected { fault } => {
                let words = camera::in_words(fault);
                self.link = CameraLink {
                    model: std::mem::take(&mut self.link.model),
                    trouble_zh: Some(words.zh),
                    trouble_en: Some(words.en),
                    ..CameraLink::default()
                };
                (self.panel.open, self.panel.settings) = (None, Vec::new());
                self.find();
                vec![News::Event(self.link()), News::Event(self.panel())]
            }
            Event::Shot { request, mut shot } => {
                let Some(purpose) = self.purpose_of(request) else { return Vec::new() };
                if let Purpose::Ticket(ticket) = purpose {
                    self.memory.shot(ticket, &mut shot);
                }
                vec![News::Shot(purpose, shot)]
            }
            Event::Failed { activity: Activity::Live, fault } => {
                let words = camera::in_words(fault);
                (self.link.live_trouble_zh, self.link.live_trouble_en) = (Some(words.zh), Some(words.en));
                vec![News::Event(self.link())]
            }
            Event::Failed { activity, fault } => {
                if let Activity::Shot(request) = activity {
                    self.purpose_of(Some(request));
                }
                vec![News::Event(session::Event::Failed(camera::in_words(fault)))]
            }
            Event::Settings(settings) => {
                self.panel.settings = settings.iter().cloned().map(camera::setting).collect();
                self.memory.settings(settings);
                vec![News::Event(self.panel())]
            }
            Event::Status(status) => {
                self.link.battery_percent = status.battery_percent;
                self.link.shots_left = status.shots_left;
                vec![News::Event(self.link())]
            }
            Event::LiveFrame(_) => Vec::new(),
        }
    }

    fn purpose_of(&mut self, request: Option<ShotRequest>) -> Option<Purpose> {
        let Some(request) = request else { return Some(Purpose::Outside) };
        let position = self.requests.iter().position(|(other, _)| *other == request)?;
        Some(self.requests.remove(position).1)
    }
}

fn chosen(choice: &Choice) -> Option<String> {
    match choice {
        Choice::First => None,
        Choice::This { id, .. } => Some(id.to_string()),
    }
}
