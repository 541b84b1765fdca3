//! What stands around every screen: where you are, who you are, where you can go, and the keys.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::domain::id::UserId;
use crate::domain::security::Rescue;
use crate::domain::text::Shown;
use crate::settings::Switch;
use crate::tui::acts::{Place, Tone};
use crate::tui::everywhere::MY_ACCOUNT;
use crate::tui::layer::{Look, Offer};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;
use crate::tui::when::lately;
use crate::tui::widget::line::{draw_line, wrap};

/// The smallest terminal that every screen fits into.
pub const SMALLEST: (u16, u16) = (80, 24);

/// The most lines of a message.
const MESSAGE: usize = 3;

/// Columns of the navigation.
const NAVIGATION: u16 = 25;

/// Something said in the message line.
pub struct Message {
    /// How it sounds.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

impl Message {
    /// Says this.
    pub const fn new(tone: Tone, text: String) -> Self {
        Self { tone, text }
    }
}

/// What a click on something around the screen does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// What the top layer's offer with this number does.
    Offer(usize),
    /// Goes to a destination.
    Place(Place),
    /// Opens one's own account.
    Account,
    /// Goes back until so many layers are open above the screen.
    Crumb(usize),
    /// Opens the help.
    Help,
}

/// Something around the screen that can be clicked.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Where it was drawn.
    pub area: Rect,
    /// What a click on it does.
    pub does: Does,
}

/// The room that is left inside.
#[derive(Clone, Copy, Debug)]
pub struct Rooms {
    /// For a screen.
    pub screen: Rect,
    /// For a dialog, which may cover the navigation.
    pub dialog: Rect,
}

/// What there is to draw around the screen.
pub struct Chrome<'a> {
    /// How much the screen takes.
    pub look: Look,
    /// Where in the navigation; none while nobody is signed in.
    pub place: Option<Place>,
    /// The path at the top.
    pub crumbs: Vec<&'a str>,
    /// The keys at the bottom.
    pub offers: &'a [Offer],
    /// The message line.
    pub message: Option<&'a Message>,
    /// Whether the engine works on something.
    pub waiting: bool,
    /// Whether letters are text.
    pub typing: bool,
}

impl Chrome<'_> {
    /// Draws it, notes what can be clicked, and gives the room that is left; none when the terminal is too small for
    /// anything.
    pub fn draw(&self, frame: &mut Frame<'_>, scene: &Scene, hits: &mut Vec<Hit>) -> Option<Rooms> {
        let area = frame.area();
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            too_small(frame, area, scene);
            return None;
        }
        let message = self.message_lines(scene, area.width);
        let said = u16::try_from(message.len()).unwrap_or(1).min(3);
        let banners = banners(scene, usize::from(area.width));
        let rows = [
            Constraint::Length(1),
            Constraint::Length(u16::try_from(banners.len()).unwrap_or(0)),
            Constraint::Min(1),
            Constraint::Length(said),
            Constraint::Length(1),
        ];
        let [top, banner, body, message_area, footer] = Layout::vertical(rows).areas(area);
        self.top(frame, top, scene, hits);
        for (text, area) in banners.into_iter().zip(banner.rows()) {
            let text = Shown::new(&text).cut(usize::from(area.width)).into_owned();
            frame.render_widget(Line::styled(text, scene.theme.banner).centered(), area);
        }
        draw_lines(&message, message_area, frame, &scene.theme);
        self.footer(frame, footer, scene, hits);
        let Some(place) = self.place.filter(|_| self.look == Look::Screen) else {
            return Some(Rooms { screen: body, dialog: body });
        };
        let [side, rest] = Layout::horizontal([Constraint::Length(NAVIGATION), Constraint::Min(1)]).areas(body);
        navigation(frame, side, scene, place, hits);
        Some(Rooms { screen: rest, dialog: body })
    }

    fn top(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene, hits: &mut Vec<Hit>) {
        let theme = &scene.theme;
        let who = match (scene.user(), scene.role()) {
            (Some(user), Some(role)) => format!("{} {} {}", user.name, theme.glyphs.dot, role.name),
            _ => "not signed in".into(),
        };
        let who = Shown::new(&who).cut(usize::from(area.width) / 2).into_owned();
        let (eyes, waiting) = (eyes(scene), waiting(scene));
        let beside = Shown::new(&who).width() + Shown::new(&eyes).width() + Shown::new(&waiting).width();
        let room = usize::from(area.width).saturating_sub(beside + 3);
        let mut path = vec!["rolodeck"];
        path.extend(self.place.and_then(Place::heading));
        path.extend(&self.crumbs);
        let crumbs = crumbs(&path, room, theme);
        self.note_crumbs(&crumbs, area, hits);
        let path = Span::styled(Shown::new(&crumbs).pad(room), theme.title);
        frame.render_widget(
            Line::from(vec![
                Span::raw(" "),
                path,
                Span::raw(" "),
                Span::styled(waiting, theme.warning),
                Span::styled(eyes, theme.muted),
                Span::styled(who, theme.badge),
            ]),
            area,
        );
    }

    /// Notes where the last parts of the path stand: those of the screen and of what is open above it.
    fn note_crumbs(&self, path: &str, area: Rect, hits: &mut Vec<Hit>) {
        if self.place.is_none() {
            return;
        }
        let mut rest = path;
        for (depth, crumb) in self.crumbs.iter().enumerate().rev() {
            let Some(before) = rest.strip_suffix(crumb) else { return };
            let x = area.x.saturating_add(1).saturating_add(columns(before));
            let area = Rect { x, width: columns(crumb), height: 1, ..area }.intersection(area);
            hits.push(Hit { area, does: Does::Crumb(depth) });
            rest = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        }
    }

    fn message_lines(&self, scene: &Scene, width: u16) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let (sign, text, style) = match self.message {
            Some(message) => {
                let (sign, style) = match message.tone {
                    Tone::Done => (theme.glyphs.ok, theme.ok),
                    Tone::Note => (theme.glyphs.note, theme.warning),
                    Tone::Wrong => (theme.glyphs.wrong, theme.danger),
                };
                (sign, message.text.as_str(), style)
            }
            None if self.waiting => (turning(scene), "Working", theme.muted),
            None => return vec![Line::default()],
        };
        let lead = format!(" {sign} ");
        let indent = Shown::new(&lead).width();
        let room = width.saturating_sub(u16::try_from(indent).unwrap_or(0));
        let mut lines = wrap(&Line::styled(Shown::new(text).to_string(), style), room);
        lines.truncate(MESSAGE);
        for (n, line) in lines.iter_mut().enumerate() {
            let before = if n == 0 { lead.clone() } else { " ".repeat(indent) };
            line.spans.insert(0, Span::styled(before, style));
        }
        lines
    }

    fn footer(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene, hits: &mut Vec<Hit>) {
        let theme = &scene.theme;
        let mut spans = Vec::new();
        // Before anybody is signed in, and in what takes the whole width, letters are text in many places.
        let help = if self.typing || self.look != Look::Screen { " F1" } else { " ?" };
        let mut room = usize::from(area.width).saturating_sub(help.len() + " keys ".len());
        let mut x = area.x;
        for offer in self.offers {
            let Some(key) = offer.keys.first() else { continue };
            let key = theme.glyphs.of_key(key);
            let text = format!(" {key} {} ", offer.label);
            let width = Shown::new(&text).width();
            if width > room {
                break;
            }
            room -= width;
            let place = Rect { x, width: u16::try_from(width).unwrap_or(0), ..area };
            hits.push(Hit { area: place.intersection(area), does: Does::Offer(offer.index) });
            x = x.saturating_add(place.width);
            let (key_style, style) = match offer.ready {
                Ready::No(_) => (theme.disabled, theme.disabled),
                _ => (theme.key, theme.muted),
            };
            spans.push(Span::styled(format!(" {key}"), key_style));
            spans.push(Span::styled(format!(" {} ", offer.label), style));
        }
        spans.push(Span::raw(" ".repeat(room)));
        spans.push(Span::styled(help, theme.key));
        spans.push(Span::styled(" keys ", theme.muted));
        let x = area.right().saturating_sub(columns(help).saturating_add(columns(" keys ")));
        hits.push(Hit { area: Rect { x, width: area.right().saturating_sub(x), ..area }, does: Does::Help });
        frame.render_widget(Line::from(spans), area);
    }
}

/// What turns a little with every second while one waits, unless nothing shall.
fn turning(scene: &Scene) -> &'static str {
    match (scene.appearance.animation, scene.now.as_second().rem_euclid(4)) {
        (Switch::Off, _) => scene.theme.glyphs.ellipsis,
        (Switch::On, 0) => "|",
        (Switch::On, 1) => "/",
        (Switch::On, 2) => "-",
        (Switch::On, _) => "\\",
    }
}

/// Columns of a text.
fn columns(text: &str) -> u16 {
    u16::try_from(Shown::new(text).width()).unwrap_or(u16::MAX)
}

/// That a second person decides somewhere, or nothing.
fn eyes(scene: &Scene) -> String {
    if scene.session.is_none() || scene.present().security().four_eyes.areas.is_empty() {
        return String::new();
    }
    format!("four-eyes {} ", scene.theme.glyphs.dot)
}

/// How many change requests wait for the person at the keyboard, or nothing.
fn waiting(scene: &Scene) -> String {
    match scene.waiting.requests.len() {
        0 => String::new(),
        waiting => format!("{waiting} to approve {} ", scene.theme.glyphs.dot),
    }
}

/// What stands around every screen, as lines to be read out: what is said on every one, the organization, who is signed
/// in, and what waits for them.
pub fn around(scene: &Scene) -> Vec<String> {
    let mut lines: Vec<String> = banners(scene, usize::MAX).iter().map(|banner| banner.trim().to_owned()).collect();
    let name = scene.present().organization().map(|row| row.name.as_str());
    let who = scene.user().zip(scene.role()).map(|(user, role)| format!("{}, {}", user.name, role.name));
    lines.extend(name.into_iter().zip(who).map(|(name, who)| format!("{name}: signed in as {who}.")));
    if !eyes(scene).is_empty() {
        lines.push("Four-eyes is on.".into());
    }
    match scene.waiting.requests.len() {
        0 => {}
        1 => lines.push("1 change request waits for you.".into()),
        waiting => lines.push(format!("{waiting} change requests wait for you.")),
    }
    lines
}

/// What is said on every screen: that another day is shown, that this is a sample, and that the recovery code was used.
fn banners(scene: &Scene, room: usize) -> Vec<String> {
    let mut banners = Vec::new();
    banners.extend(scene.past.map(|past| past.banner(&scene.zone, room)));
    let present = scene.present();
    if present.is_sample() {
        banners.push(" SAMPLE ORGANIZATION: invented people and accounts, nothing here is real ".into());
    }
    if let Some(emergency) = present.security().emergencies.first() {
        let what = match emergency.rescue {
            Rescue::FourEyesOff => "four-eyes is off".into(),
            Rescue::OwnerReset(owner) => format!("new passphrase for {}", name_of(scene, owner)),
        };
        let when = lately(emergency.at, &scene.zone);
        banners.push(format!(" RECOVERY CODE USED, {when}: {what} "));
    }
    banners
}

fn name_of(scene: &Scene, user: UserId) -> String {
    scene.present().user(user).map_or_else(|| "an Owner".into(), |user| user.name.to_string())
}

/// The path, without its beginning where the room is short: where one is matters more than where one came from.
fn crumbs(path: &[&str], room: usize, theme: &Theme) -> String {
    let between = format!(" {} ", theme.glyphs.crumb);
    let whole = path.join(&between);
    let shorter = (1..path.len()).filter_map(|first| path.get(first..)).map(|rest| {
        let rest = rest.join(&between);
        format!("{}{between}{rest}", theme.glyphs.ellipsis)
    });
    let mut paths = std::iter::once(whole.clone()).chain(shorter);
    paths.find(|path| Shown::new(path).width() <= room).unwrap_or(whole)
}

fn too_small(frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    frame.render_widget(Clear, area);
    let (width, height) = SMALLEST;
    let text = format!(
        "rolodeck needs {width}x{height}; this is {}x{}. Make the window larger, or press q.",
        area.width, area.height
    );
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }).style(scene.theme.warning), area);
}

fn navigation(frame: &mut Frame<'_>, area: Rect, scene: &Scene, here: Place, hits: &mut Vec<Hit>) {
    let theme = &scene.theme;
    let [list, organization] = Layout::vertical([Constraint::Min(1), Constraint::Length(3)]).areas(area);
    let width = usize::from(area.width.saturating_sub(1));
    let mut lines = vec![Line::default()];
    let mut heading = None;
    for (n, place) in Place::ALL.into_iter().enumerate() {
        if place.heading() != heading {
            heading = place.heading();
            lines.push(Line::default());
            lines.extend(heading.map(|text| Line::styled(format!(" {text}"), theme.heading)));
        }
        let y = list.y.saturating_add(u16::try_from(lines.len()).unwrap_or(0));
        let row = Rect { y, height: 1, width: list.width.saturating_sub(1), ..list }.intersection(list);
        hits.push(Hit { area: row, does: Does::Place(place) });
        let pointer = if place == here { theme.glyphs.pointer } else { " " };
        let usual = u32::try_from(n).ok().and_then(|n| char::from_digit(n, 10)).unwrap_or(' ');
        let key = scene.key(module_path!(), place.name(), usual);
        let label = Shown::new(place.name()).pad(width.saturating_sub(3));
        let style = if place == here { theme.tab } else { theme.text };
        lines.push(Line::from(vec![
            Span::styled(pointer, theme.accent),
            Span::styled(format!("{} ", theme.glyphs.of_key(&key)), theme.key),
            Span::styled(label, style),
        ]));
    }
    draw_lines(&lines, list, frame, theme);
    let name = scene.present().organization().map(|row| row.name.as_str()).unwrap_or_default();
    let name = Shown::new(name).cut(width.saturating_sub(1)).into_owned();
    let corner = [
        Line::styled(theme.glyphs.rule.repeat(width), theme.border),
        Line::styled(format!(" {name}"), theme.title),
        Line::from(vec![
            Span::styled(format!(" {}", theme.glyphs.of_key(&scene.key(module_path!(), MY_ACCOUNT, 'm'))), theme.key),
            Span::styled(format!(" {MY_ACCOUNT}"), theme.muted),
        ]),
    ];
    draw_lines(&corner, organization, frame, theme);
    hits.push(Hit { area: organization, does: Does::Account });
    for y in area.top()..area.bottom() {
        let edge = Rect { x: area.right().saturating_sub(1), y, width: 1, height: 1 };
        frame.render_widget(Span::styled(theme.glyphs.track, theme.border), edge);
    }
}

/// Draws lines that are broken already, one below the other.
fn draw_lines(lines: &[Line<'_>], area: Rect, frame: &mut Frame<'_>, theme: &Theme) {
    for (line, row) in lines.iter().zip(area.rows()) {
        draw_line(line, row, frame.buffer_mut(), theme);
    }
}
