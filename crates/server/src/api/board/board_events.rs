//! `GET /api/boards/{code}/events`

use std::sync::Arc;

use axum::extract::State;
use gradshot_storage::Studio;
use gradshot_wire::event::BoardEvent;

use crate::api::studio::StudioCode;
use crate::house::House;
use crate::input::InPath;
use crate::live::{self, EventStream, Live, Message, Subscription, Topic};
use crate::problem::{Broken, faults};

faults! {
    /// Why a board was not streamed.
    BoardEventsFault { StudioNotFound }
}

/// The board as it changes. The first event is the whole board, and so is each further one.
///
/// Each event is named by its tag and holds the variant's content: `event: board`, `data: {…}`.
#[utoipa::path(
    get, path = "/api/boards/{code}/events", tag = "boards", params(("code" = String, Path, example = "SFZX")),
    responses(
        (status = 200, description = "Server-sent events", body = BoardEvent, content_type = "text/event-stream"),
        BoardEventsFault
    )
)]
pub(crate) async fn board_events(
    State(house): State<Arc<House>>,
    InPath(code): InPath<StudioCode>,
) -> Result<EventStream, BoardEventsFault> {
    let mut work = house.storage.read().await?;
    let studio = work.studios().find_by_code(code.as_str()).await?.ok_or(BoardEventsFault::StudioNotFound)?;
    drop(work);
    let changes = house.hub.listen(Topic::Studio(studio.id));
    let live = LiveBoard { house: Arc::clone(&house), studio, changes };
    Ok(live::stream(&house, live).await?)
}

struct LiveBoard {
    house: Arc<House>,
    studio: Studio,
    changes: Subscription,
}

impl Live for LiveBoard {
    async fn changed(&mut self) {
        self.changes.changed().await;
    }

    async fn now(&mut self) -> Result<Vec<Message>, Broken> {
        let line = self.house.line(self.studio.id).await?;
        let board = line.board(&self.house.vault, self.studio.name.clone())?;
        Ok(vec![Message::new("board", &board)])
    }
}
