//! A server with invented students in line, for desks of other processes: to train operators, and to test the desk's window
//! with the network cut and the program killed.

use std::net::SocketAddr;
use std::path::PathBuf;

use gradshot_domain::TicketNumber;
use gradshot_server::PasswordCost;
use serde::Serialize;

use super::phone::{Phone, code_picture};
use super::seed::seed;
use crate::{Root, ServerRoom, ServerRoomOptions};

/// How a rehearsal runs.
#[derive(Debug, Clone)]
pub struct RehearsalOptions {
    /// The product's own files.
    pub root: Root,
    /// Folder of the server's data. One that has been used goes on where it was, with nobody new.
    pub folder: PathBuf,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// How many invented students stand in line.
    pub students: usize,
}

/// A running rehearsal. It stops when this is dropped.
pub struct Rehearsal {
    /// What a desk needs to take part.
    pub invitation: Invitation,
    #[expect(dead_code, reason = "the server listens as long as this is kept")]
    room: ServerRoom,
}

/// What a desk needs to take part.
#[derive(Debug, Clone, Serialize)]
pub struct Invitation {
    /// The server.
    pub server: String,
    /// Pairs one station; absent when the folder was used before.
    pub pairing_code: Option<String>,
    /// The tickets of those in line, as their phones show them.
    pub tickets: Vec<InvitedTicket>,
}

/// One ticket.
#[derive(Debug, Clone, Serialize)]
pub struct InvitedTicket {
    /// The number.
    pub number: TicketNumber,
    /// What its QR code says.
    pub token: String,
}

impl Rehearsal {
    /// Opens the server and lets the students join the line.
    pub async fn open(options: RehearsalOptions) -> anyhow::Result<Self> {
        // A second installation in one process changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let is_new = !options.folder.join("server").exists();
        let room = ServerRoom::open(ServerRoomOptions {
            folder: options.folder.join("server"),
            root: Some(options.root.clone()),
            database: None,
            blobs: None,
            listen: options.listen,
            public_url: None,
            pages: options.root.pages(),
            sandbox_payments: true,
            password_cost: PasswordCost::Demonstration,
        })
        .await?;
        let mut invitation = Invitation { server: room.url.clone(), pairing_code: None, tickets: Vec::new() };
        if is_new {
            let campaign = seed(&room, options.students).await?;
            for person in &campaign.people {
                let phone = Phone::sign_up(&campaign, person).await?;
                let picture = code_picture(&person.image_code)?;
                let collection = phone.register(&campaign, person, &picture).await?.id;
                phone.consent(collection).await?;
                phone.book(&campaign, collection).await?;
                let ticket = phone.check_in(&campaign, collection).await?.ticket;
                invitation.tickets.extend(
                    ticket.map(|ticket| InvitedTicket { number: ticket.number, token: ticket.token }),
                );
            }
            invitation.pairing_code = Some(campaign.pairing_code);
        }
        Ok(Self { invitation, room })
    }
}
