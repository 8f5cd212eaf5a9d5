//! Generates what tauri needs of the configuration and the capabilities.

fn main() {
    // The pages lie in the binary: new ones want a new one.
    println!("cargo:rerun-if-changed=../ui/dist");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(
        tauri_build::AppManifest::new().commands(&[
            "desk_command",
            "desk_day",
            "desk_move_board",
            "desk_pair",
            "desk_picture",
            "desk_print",
            "desk_save",
            "desk_screens",
            "desk_subscribe",
        ]),
    ))
    .expect("tauri.conf.json and capabilities/ have to be valid");
}
