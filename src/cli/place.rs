//! Which files are meant.
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::{Args, Failure};
use crate::engine::checkpoint::Plan;
use crate::engine::{Library, Post};
use crate::mail::{DropFolder, Route};
use crate::settings::{Settings, Surroundings as SettingsSurroundings};

/// The environment, passed in.
pub struct Surroundings {
    /// The value of an environment variable.
    pub variable: fn(&str) -> Option<String>,
    /// The path in an environment variable, text or not.
    pub path: fn(&str) -> Option<PathBuf>,
}

/// Every path in use.
pub struct Place {
    /// Where organizations live.
    pub library: Library,
    /// The file that was named with `--db`, `--org` or the variable `ROLODECK_DB`, if one was.
    pub named: Option<PathBuf>,
    /// Where messages go that no mail server takes.
    pub outbox: PathBuf,
    /// What the user chose.
    pub settings: PathBuf,
    /// What the program notes about itself.
    pub diagnostics: PathBuf,
    /// What was being made when the program was ended.
    pub drafts: PathBuf,
}

impl Place {
    /// Finds them from the command line and the system's conventions.
    ///
    /// # Errors
    /// When there is no home directory, or an organization's name is no file name.
    pub fn find(args: &Args, surroundings: &Surroundings) -> Result<Self, Failure> {
        let Some(dirs) = ProjectDirs::from("", "", "rolodeck") else {
            let text = "There is no home directory to keep organizations in.".into();
            return Err(Failure::Usage { text, hint: "Set HOME, or name a file with --db.".into() });
        };
        let library = Library::new(dirs.data_dir().to_path_buf());
        let variable = || (surroundings.path)("ROLODECK_DB").filter(|path| !path.as_os_str().is_empty());
        let path = args.db.clone().or_else(|| variable().filter(|_| args.org.is_none()));
        let outbox = match path.as_deref().and_then(Path::parent) {
            Some(folder) => folder.join("outbox"),
            None => library.folder().join("outbox"),
        };
        let named = match (path, &args.org) {
            (Some(path), _) => Some(path),
            (None, Some(name)) => Some(library.file_named(plain(name)?)),
            (None, None) => None,
        };
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir());
        Ok(Self {
            named,
            outbox,
            settings: dirs.config_dir().join("settings.toml"),
            diagnostics: state.join("rolodeck.log"),
            drafts: state.join("drafts.json"),
            library,
        })
    }

    /// The file to open: the named one, or the last used one.
    ///
    /// # Errors
    /// When the data directory cannot be read.
    pub fn file(&self) -> Result<Option<PathBuf>, Failure> {
        match &self.named {
            Some(path) => Ok(Some(path.clone())),
            None => Ok(self.library.default_file()?),
        }
    }

    /// What the settings file says; the defaults when there is none.
    ///
    /// # Errors
    /// When it cannot be read or is wrong.
    pub fn read_settings(&self) -> Result<Settings, Failure> {
        let text = match std::fs::read_to_string(&self.settings) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::io(&self.settings, "read", error)),
        };
        Settings::parse(&text).map_err(|error| Failure::Settings(self.settings.clone(), error))
    }

    /// How messages leave, as the settings say. A sample's messages stay in its own folder.
    ///
    /// # Errors
    /// When the settings file cannot be read or is wrong.
    pub fn post(&self, surroundings: &Surroundings) -> Result<Post, Failure> {
        let settings = self.read_settings()?;
        let around = SettingsSurroundings {
            folder: self.settings_folder(),
            usual_outbox: &self.outbox,
            variable: &surroundings.variable,
            file: &|path: &Path| std::fs::read(path),
        };
        let mailer = settings.mail.mailer(&around);
        let mailer = mailer.map_err(|error| Failure::Settings(self.settings.clone(), error))?;
        let folder = match mailer.describe() {
            Route::Folder(folder) => Some(DropFolder::new(folder)),
            Route::Server { .. } => None,
        };
        Ok(Post { mailer, folder })
    }

    /// Where checkpoints of the log go, if the settings say that.
    ///
    /// # Errors
    /// When the settings file cannot be read or is wrong.
    pub fn checkpoints(&self) -> Result<Option<Plan>, Failure> {
        let audit = self.read_settings()?.audit;
        let folder = audit.checkpoint_folder(self.settings_folder());
        Ok(folder.map(|folder| Plan { folder, mail: audit.checkpoint_mail().cloned() }))
    }

    fn settings_folder(&self) -> &Path {
        self.settings.parent().unwrap_or(Path::new("."))
    }
}

/// A name that stays inside the data directory.
fn plain(name: &str) -> Result<&str, Failure> {
    let fits = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    if fits {
        return Ok(name);
    }
    let text = "--org takes the name of a file in the data directory, without its ending.".into();
    Err(Failure::Usage { text, hint: "rolodeck paths lists them; --db takes a path.".into() })
}
