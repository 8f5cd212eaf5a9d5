//! `gradshot studio`: one PC as a complete studio, in a browser instead of a window.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_studio::demo::CrowdPace;
use gradshot_studio::{DemoOptions, Root, Studio, StudioOptions};

use crate::Outcome;

/// 单机照相馆 · server, station and pages on this PC; opens in a browser.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A demonstration: invented students, simulated camera, data that vanishes at the end.
    #[arg(long)]
    demo: bool,
    /// Folder of all data.
    #[arg(long, value_name = "DIR", env = "GRADSHOT_DATA", default_value = "gradshot-data")]
    data: PathBuf,
    /// Where the server listens; 0.0.0.0 lets phones and boards on the network in.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8750")]
    listen: SocketAddr,
    /// Folder that the camera's own tethering software writes shots to; without it the camera on the cable is used.
    #[arg(long, value_name = "DIR")]
    watch: Option<PathBuf>,
    /// Folder of photos that a simulated camera shows, to try the desk without a camera.
    #[arg(long, value_name = "DIR")]
    photos: Option<PathBuf>,
    /// Pairs this PC by a code from the office; needed once.
    #[arg(long, value_name = "CODE")]
    pair: Option<String>,
    /// Address of the server to pair with; this PC's own when absent.
    #[arg(long, value_name = "URL", requires = "pair")]
    server: Option<String>,
    /// Prints the addresses as one line of JSON.
    #[arg(long)]
    addresses_json: bool,
}

/// Runs until it is stopped.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    runtime.block_on(async {
        let root = Root::find()?;
        if root.pages().is_none() {
            anyhow::bail!("the pages are not built: run `cargo xtask setup`");
        }
        let demo = arguments.demo.then(|| DemoOptions {
            students: 200,
            photos: root.sample_photos(),
            crowd: Some(CrowdPace::PEOPLE),
        });
        let studio = Studio::open(StudioOptions {
            root,
            folder: demo.is_none().then_some(arguments.data),
            listen: arguments.listen,
            demo,
            watched_folder: arguments.watch,
            photos: arguments.photos,
            pairing: arguments.pair.map(|code| (code, arguments.server)),
        })
        .await?;
        if arguments.addresses_json {
            println!("{}", serde_json::to_string(&studio.addresses)?);
        } else {
            print(&studio);
        }
        tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
        Ok(Outcome::Fine)
    })
}

fn print(studio: &Studio) {
    let addresses = &studio.addresses;
    println!("操作台 desk    {}", addresses.desk);
    println!("大屏   board   {}", addresses.board);
    println!("手机   phone   {}", addresses.phone);
    println!("后台   office  {}", addresses.office);
    if let Some(demo) = &studio.demo {
        let student = &demo.people[0];
        println!();
        println!("演示账号（数据随程序关闭而消失）· accounts of the demonstration, which vanish with it:");
        println!("  审核员 reviewer   {} / {}", demo.reviewer.login, demo.reviewer.password);
        println!("  管理员 admin      {} / {}", demo.admin.login, demo.admin.password);
        println!(
            "  学生   student    示范大学 本科 {} 后四位 {} 采集码任意文字 · image code: any text",
            student.name, student.id_last4
        );
        println!();
        println!(
            "操作台上：N 叫号，输入号码回车，空格拍摄，回车通过 · at the desk: N, the number and Enter, Space, Enter"
        );
    }
    println!("按 Ctrl-C 结束 · Ctrl-C ends");
}
