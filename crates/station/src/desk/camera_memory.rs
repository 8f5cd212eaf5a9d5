//! What a station remembers of its camera: its settings over restarts, and what still lies on its card.

use std::path::Path;

use gradshot_camera::{Abilities, CameraThread, CardFile, Device, Setting, SettingsBook, Shot};
use gradshot_domain::TicketId;

/// Files on the card that are remembered; what is older stays on it.
const ON_CARD_MAX: usize = 256;

/// The camera's memory.
pub(super) struct CameraMemory {
    book: SettingsBook,
    device: Option<Device>,
    on_card: Vec<(TicketId, CardFile)>,
}

impl CameraMemory {
    /// Opens the book in the station's folder.
    pub(super) fn open(folder: &Path) -> Self {
        Self { book: SettingsBook::open(folder.join("cameras.json")), device: None, on_card: Vec::new() }
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
    pub(super) fn settings(&mut self, settings: &[Setting]) {
        if let Some(device) = &self.device
            && let Err(error) = self.book.remember(device, settings)
        {
            tracing::warn!(%error, "the camera's settings are not remembered");
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
