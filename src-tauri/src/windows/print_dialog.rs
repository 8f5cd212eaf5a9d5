//! The print dialog of GTK's desktops, with a sheet in its true size: the web view's own takes no paper from a page and prints
//! larger than life. The picture goes from memory to the print queue.

use gtk::gdk::prelude::GdkContextExt as _;
use gtk::gdk_pixbuf::prelude::PixbufLoaderExt as _;
use gtk::gdk_pixbuf::{Pixbuf, PixbufLoader};
use gtk::prelude::PrintOperationExt as _;
use gtk::{PageSetup, PaperSize, PrintOperation, PrintOperationAction, PrintOperationResult, Unit};
use tauri::{AppHandle, Manager as _, WebviewWindow};
use tokio::sync::mpsc;

use super::PrintAnswer;

/// A sheet for the dialog.
pub struct Sheet {
    /// A JPEG file.
    pub jpeg: Vec<u8>,
    /// Width of the paper, millimetres.
    pub width_mm: f64,
    /// Height of the paper, millimetres.
    pub height_mm: f64,
    /// How many pages.
    pub copies: u16,
}

/// Opens the dialog over the desk, which goes on working, and waits until it is closed.
pub async fn print(app: &AppHandle, sheet: Sheet) -> Result<PrintAnswer, String> {
    let (told, mut answers) = mpsc::unbounded_channel();
    let desk = app.get_webview_window(super::DESK);
    app.run_on_main_thread(move || {
        let opened = open(desk.as_ref(), &sheet, told.clone());
        if let Err(error) = opened {
            let _ = told.send(Err(error));
        }
    })
    .map_err(|error| error.to_string())?;
    answers.recv().await.unwrap_or_else(|| Err("the dialog was not opened".into()))
}

type Told = mpsc::UnboundedSender<Result<PrintAnswer, String>>;

fn open(desk: Option<&WebviewWindow>, sheet: &Sheet, told: Told) -> Result<(), String> {
    let picture = picture(&sheet.jpeg).map_err(|error| error.to_string())?;
    let (width_mm, height_mm) = (sheet.width_mm, sheet.height_mm);
    let name = format!("gradshot-{width_mm}x{height_mm}mm");
    let page = PageSetup::new();
    page.set_paper_size(&PaperSize::new_custom(&name, &name, width_mm, height_mm, Unit::Mm));
    page.set_top_margin(0.0, Unit::Mm);
    page.set_bottom_margin(0.0, Unit::Mm);
    page.set_left_margin(0.0, Unit::Mm);
    page.set_right_margin(0.0, Unit::Mm);
    let operation = PrintOperation::builder()
        .allow_async(true)
        .default_page_setup(&page)
        .embed_page_setup(true)
        .n_pages(i32::from(sheet.copies))
        .unit(Unit::Mm)
        .use_full_page(true)
        .job_name("Gradshot")
        .build();
    operation.connect_draw_page(move |_, context, _| {
        let Some(cairo) = context.cairo_context() else { return };
        // Whatever paper a person chooses: the sheet keeps its size.
        cairo.scale(width_mm / f64::from(picture.width()), height_mm / f64::from(picture.height()));
        cairo.set_source_pixbuf(&picture, 0.0, 0.0);
        if let Err(error) = cairo.paint() {
            tracing::error!(%error, "a sheet was not drawn");
        }
    });
    operation.connect_done(move |operation, result| {
        let answer = match result {
            PrintOperationResult::Apply | PrintOperationResult::InProgress => Ok(PrintAnswer::Sent),
            PrintOperationResult::Cancel => Ok(PrintAnswer::Cancelled),
            _ => Err(operation.error().map_or_else(|| "no reason".into(), |error| error.to_string())),
        };
        // Nobody waits any more: the desk's page was closed.
        let _ = told.send(answer);
    });
    let parent = desk.and_then(|desk| desk.gtk_window().ok());
    operation
        .run(PrintOperationAction::PrintDialog, parent.as_ref())
        .map(drop)
        .map_err(|error| error.to_string())
}

fn picture(jpeg: &[u8]) -> Result<Pixbuf, gtk::glib::Error> {
    let loader = PixbufLoader::new();
    loader.write(jpeg)?;
    loader.close()?;
    loader.pixbuf().ok_or_else(|| {
        gtk::glib::Error::new(gtk::gdk_pixbuf::PixbufError::CorruptImage, "the sheet has no picture")
    })
}
