//! What a station remembers of its camera: its settings over restarts, and what still lies on its card.

use std::path::Path;

use gradshot_camera::{Abilities, BookError, CameraThread, CardFile, Device, Setting, SettingsBook, Shot};
use gradshot_domain::TicketId;

use crate::session::Failure;

/// Files on the card that are remembered; what is older stays on it.
const ON_CARD_MAX: usize = 256;

/// The camera's memory.
pub(super) struct CameraMemory {
    book: SettingsBook,
    device: Option<Device>,
    /// The settings as they were read last.
    settings: Vec<Setting>,
    on_card: Vec<(TicketId, CardFile)>,
}

impl CameraMemory {
    /// Opens the book in the station's folder.
    pub(super) fn open(folder: &Path) -> Self {
        Self {
            book: SettingsBook::open(folder.join("cameras.json")),
            device: None,
            settings: Vec::new(),
            on_card: Vec::new(),
        }
    }

    /// A camera that was not here before is set to what it was set to last; one that comes back after its cable was
    /// out keeps what was changed on its body meanwhile.
    pub(super) fn connected(&mut self, device: &Device, abilities: Abilities, camera: &CameraThread) {
        let is_same = self
            .device
            .as_ref()
            .is_some_and(|known| (&known.name, &known.serial) == (&device.name, &device.serial));
        self.device = Some(device.clone());
        if !abilities.settings {
            return;
        }
        let remembered = if is_same { Vec::new() } else { self.book.recall(device) };
        if remembered.is_empty() { camera.read_settings() } else { camera.apply(remembered) }
    }

    /// The camera's settings were read or changed.
    pub(super) fn settings(&mut self, settings: Vec<Setting>) {
        if let Some(device) = &self.device
            && let Err(error) = self.book.remember(device, &settings)
        {
            tracing::warn!(%error, "the camera's settings are not remembered");
        }
        self.settings = settings;
    }

    /// Another camera is opened: nothing of the last one's card is known any more.
    pub(super) fn change_camera(&mut self) {
        (self.device, self.settings, self.on_card) = (None, Vec::new(), Vec::new());
    }

    /// The presets' names.
    pub(super) fn presets(&self) -> Vec<String> {
        self.book.presets().map(str::to_owned).collect()
    }

    /// Keeps the camera's settings as a preset.
    pub(super) fn keep_preset(&mut self, name: &str) -> Result<(), Failure> {
        self.book.keep_preset(name, &self.settings).map_err(|error| preset_failure(&error))
    }

    /// Deletes a preset.
    pub(super) fn delete_preset(&mut self, name: &str) -> Result<(), Failure> {
        self.book.delete_preset(name).map(|_| ()).map_err(|error| preset_failure(&error))
    }

    /// Sets the camera as a preset says.
    pub(super) fn apply_preset(&self, name: &str, camera: &CameraThread) {
        if let Some(settings) = self.book.preset(name) {
            camera.apply(settings);
        }
    }

    /// Whether shots leave the card once their portrait is sealed.
    pub(super) fn empties_card(&self) -> bool {
        self.book.empties_card()
    }

    /// Says whether shots leave the card once their portrait is sealed.
    pub(super) fn set_empties_card(&mut self, empties: bool) {
        if empties != self.book.empties_card()
            && let Err(error) = self.book.set_empties_card(empties)
        {
            tracing::warn!(%error, "what happens to the card's files is not remembered");
        }
    }

    /// A shot was bound to a ticket.
    pub(super) fn shot(&mut self, ticket: TicketId, shot: &mut Shot) {
        if let Some(file) = shot.on_card.take() {
            if self.on_card.len() == ON_CARD_MAX {
                self.on_card.remove(0);
            }
            self.on_card.push((ticket, file));
        }
    }

    /// The ticket's portrait is sealed and in the outbox: its shots may leave the card, if the studio wants that.
    pub(super) fn sealed(&mut self, ticket: TicketId, camera: &CameraThread) {
        let (done, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.on_card).into_iter().partition(|(other, _)| *other == ticket);
        self.on_card = others;
        if self.book.empties_card() {
            for (_, file) in done {
                camera.delete_from_card(file);
            }
        }
    }
}

fn preset_failure(error: &BookError) -> Failure {
    let zh = match error {
        BookError::Name => "预设的名字要有 1 到 40 个字",
        BookError::Full => "预设已满 50 个，请先删除不用的",
        BookError::File(_) => "预设没有保存：请检查磁盘空间",
    };
    Failure::new(zh, error.to_string())
}
