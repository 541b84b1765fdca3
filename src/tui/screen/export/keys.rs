//! Its keys.
use super::layer::{Ask, ExportTrail, may_take};
use crate::tui::layer::Binding;
use crate::tui::scene::Ready;

pub(super) const BINDINGS: &[Binding<ExportTrail>] = &[
    Binding {
        keys: &["enter"],
        label: "Export",
        about: "Write the file",
        ready: |dialog, scene| match dialog.waiting {
            Some(_) => Ready::No("The export is being written.".into()),
            None => Ready::when(dialog.form.current() == Some(Ask::Name)).and(|| may_take(scene, dialog.format())),
        },
        run: ExportTrail::export,
    },
    Binding {
        keys: &["esc"],
        label: "Stop",
        about: "Stop the export: no file is left, and no entry says that the trail was taken",
        ready: |dialog, _| Ready::when(dialog.waiting.is_some()),
        run: |dialog, _, _| {
            if let Some((_, progress)) = &dialog.waiting {
                progress.stop();
            }
        },
    },
];
