//! The stage: a listening server, and a crowd of invented students in one studio's line.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use gradshot_domain::Policy;
use gradshot_server::Server;
use gradshot_testkit::{Scene, TestServer, TestStation, TestStudent, people, roster_csv};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Students that prepare at the same time.
const AT_ONCE: usize = 16;

/// A server with a crowd.
pub struct Stage {
    /// The scene behind it.
    pub scene: Arc<Scene>,
    /// Where the servers listen.
    pub addresses: Vec<SocketAddr>,
    servers: Vec<Server>,
    /// Everybody in line, in no order.
    pub students: Vec<Phone>,
    /// Who photographs.
    pub station: TestStation,
}

/// A student's phone.
pub struct Phone {
    /// Token of the session.
    pub token: String,
    /// Path of the collection.
    pub collection: String,
}

impl Stage {
    /// Sets the stage with so many in line, before so many servers that share the database.
    pub async fn set(crowd: u32, servers: usize) -> Result<Self, Box<dyn Error>> {
        let scene = Arc::new(Scene::set_with(TestServer::start().await, Policy::pay_first()).await);
        let all = people(crowd + 20).split_off(20);
        let path = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
        let imported = scene.admin.post_as(&path, "text/csv", roster_csv(&all).into_bytes()).await;
        assert!(imported.status.is_success(), "{}", imported.text());
        let mut waiting = all.into_iter();
        let mut preparing = JoinSet::new();
        let mut students = Vec::new();
        loop {
            while preparing.len() < AT_ONCE
                && let Some(person) = waiting.next()
            {
                let scene = Arc::clone(&scene);
                preparing.spawn(async move {
                    let mut student = TestStudent::sign_up(&scene, &person).await;
                    student.prepare(&scene).await;
                    student.check_in(&scene).await;
                    Phone {
                        token: student.caller.token().unwrap_or_default().to_owned(),
                        collection: format!("/api/collections/{}", student.collection()),
                    }
                });
            }
            match preparing.join_next().await {
                Some(phone) => students.push(phone?),
                None => break,
            }
        }
        let station = scene.station("1号机位").await;
        let mut all = vec![scene.server.server.clone()];
        while all.len() < servers {
            let beside = scene.server.beside().await;
            all.push(beside.ok_or("SQLite serves one server: give --postgres")?.server);
        }
        let mut addresses = Vec::new();
        for server in &all {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            addresses.push(listener.local_addr()?);
            let service = server.router().into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            let server = server.clone();
            tokio::spawn(async move { server.run_background(std::future::pending()).await });
        }
        Ok(Self { scene, addresses, servers: all, students, station })
    }

    /// One of the servers; who asks with the next number gets the next one.
    pub fn address(&self, number: usize) -> SocketAddr {
        self.addresses[number % self.addresses.len()]
    }

    /// Ends all streams of events.
    pub fn close_streams(&self) {
        self.servers.iter().for_each(Server::close_streams);
    }
}
