//! How the lists look.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::beside::split;
use super::item::{Item, State};
use super::list::Tab;
use super::screen::ChangeRequests;
use crate::command::areas_in_force;
use crate::domain::text::Shown;
use crate::tui::event::Mouse;
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::relative;
use crate::tui::widget::line::{draw_line, line_columns, wrap};
use crate::tui::widget::table::{Column, Mark, Row, Table};
use crate::tui::widget::tabs::{self, Tabs};

/// Characters of a summary that a table can need.
const SUMMARY: usize = 200;

/// Lines of the selected request below the table, with the rule above them.
const BELOW: u16 = 4;

/// Draws the screen.
pub(super) fn screen(screen: &mut ChangeRequests, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let area = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(1), ..area };
    let [head, line, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(2), Constraint::Min(1)]).areas(area);
    screen.tabs = head;
    let open = usize::from(screen.tab == Tab::All);
    Tabs::new(&labels(screen), open, &scene.theme).draw(head, frame.buffer_mut());
    draw_line(&status(screen, scene, usize::from(line.width)), line, frame.buffer_mut(), &scene.theme);
    let body = footnote(screen, frame, body, scene);
    match empty(screen, scene) {
        Some(paragraphs) => {
            let lines = paragraphs.iter().flat_map(|text| {
                let mut lines = wrap(&Line::from(text.as_str()), body.width.saturating_sub(1));
                lines.push(Line::default());
                lines
            });
            for (line, place) in lines.zip(body.rows()) {
                draw_line(&line, place, frame.buffer_mut(), &scene.theme);
            }
        }
        None => {
            if let (Some((list, beside)), Some(id)) = (split(frame, body), screen.list().selected()) {
                table(screen, frame, list, scene);
                return screen.beside.draw(id, frame, beside, scene);
            }
            let below = u16::min(BELOW, body.height / 3);
            let [list, below] = Layout::vertical([Constraint::Min(1), Constraint::Length(below)]).areas(body);
            table(screen, frame, list, scene);
            in_full(screen, frame, below, scene);
        }
    }
}

fn labels(screen: &ChangeRequests) -> [tabs::Tab<'static>; 2] {
    [
        tabs::Tab::new("My approvals").count(screen.mine.rows.len()),
        tabs::Tab::new("All approvals").count(screen.items.len()),
    ]
}

/// The tab under the mouse.
pub(super) fn tab_at(screen: &ChangeRequests, mouse: &Mouse, scene: &Scene) -> Option<Tab> {
    let labels = labels(screen);
    let tabs = Tabs::new(&labels, usize::from(screen.tab == Tab::All), &scene.theme);
    tabs.tab_at(screen.tabs, mouse.column, mouse.row).map(|tab| if tab == 0 { Tab::Mine } else { Tab::All })
}

/// The line below the tabs: what is shown.
fn status(screen: &ChangeRequests, scene: &Scene, width: usize) -> Line<'static> {
    let theme = &scene.theme;
    if screen.tab == Tab::Mine {
        let marked = screen.marks.len();
        let text = if marked > 0 { format!("{marked} marked: decided one after another") } else { String::new() };
        return Line::styled(text, theme.accent);
    }
    let right = format!("{} shown, state: {}", screen.all.rows.len(), screen.only.name());
    let filter = &screen.filter;
    let mut line = if filter.is_typing() || !filter.is_empty() {
        let shown = Shown::new(filter.text()).to_string();
        let room = width.saturating_sub(right.len() + 6);
        let hidden = shown.chars().count().saturating_sub(room);
        let end: String = shown.chars().skip(hidden).collect();
        let (cursor, style) = if filter.is_typing() { (" ", theme.typing) } else { ("", theme.accent) };
        Line::from(vec![Span::styled("/ ", theme.key), Span::styled(format!("{end}{cursor}"), style)])
    } else {
        Line::styled(format!("{} waiting", screen.waiting), theme.muted)
    };
    let gap = width.saturating_sub(line_columns(&line) + right.len());
    line.push_span(Span::raw(" ".repeat(gap)));
    line.push_span(Span::styled(right, theme.muted));
    line
}

/// Says at the bottom that not everything is shown, and gives the room above.
fn footnote(screen: &ChangeRequests, frame: &mut Frame<'_>, area: Rect, scene: &Scene) -> Rect {
    let Some(why) = screen.hidden.as_ref().filter(|_| screen.tab == Tab::All) else { return area };
    let text = format!("Requests of others are not shown to you. {why}");
    let lines = wrap(&Line::styled(text, scene.theme.warning), area.width.saturating_sub(1));
    let height = u16::try_from(lines.len()).unwrap_or(0).min(area.height);
    let [above, below] = Layout::vertical([Constraint::Min(1), Constraint::Length(height)]).areas(area);
    for (line, place) in lines.iter().zip(below.rows()) {
        draw_line(line, place, frame.buffer_mut(), &scene.theme);
    }
    above
}

/// What is said where there is no request.
fn empty(screen: &ChangeRequests, scene: &Scene) -> Option<Vec<String>> {
    if !screen.list().rows.is_empty() {
        return None;
    }
    if screen.tab == Tab::All && !screen.items.is_empty() {
        return Some(vec!["No request matches. Esc shows all again; f shows another state.".into()]);
    }
    let on = !areas_in_force(&scene.org).is_empty();
    let mut paragraphs = match (screen.tab, &screen.decides) {
        (Tab::All, _) if screen.hidden.is_some() => vec!["You asked for nothing that waits or waited.".to_owned()],
        (Tab::All, _) => vec!["There is no change request yet.".to_owned()],
        (Tab::Mine, Some(Ready::No(why))) => {
            vec!["Nothing waits for you, because your active role decides no change requests.".into(), why.clone()]
        }
        (Tab::Mine, _) => vec!["Nothing waits for you.".into()],
    };
    paragraphs.push(if on {
        "When somebody asks for a change that needs a second person, it stands here until somebody else decides.".into()
    } else {
        "Four-eyes approvals are off: every change takes effect at once, and no second person is asked. They are \
         switched on under Organization: press 6."
            .into()
    });
    Some(paragraphs)
}

/// The selected request in one sentence, which has no room in the table.
fn in_full(screen: &ChangeRequests, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let theme = &scene.theme;
    let list = screen.list();
    let selected = list.rows.selected().and_then(|line| list.place(line)).and_then(|place| screen.items.get(place));
    let Some(item) = selected else { return };
    let rule = Line::styled(theme.glyphs.rule.repeat(usize::from(area.width.saturating_sub(1))), theme.border);
    let text = format!("{} asks to {}.", item.requester, Shown::new(&item.request.summary));
    let lines = wrap(&Line::from(text), area.width.saturating_sub(1));
    for (line, place) in std::iter::once(rule).chain(lines).zip(area.rows()) {
        draw_line(&line, place, frame.buffer_mut(), theme);
    }
}

fn table(screen: &mut ChangeRequests, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let tab = screen.tab;
    let state = if tab == Tab::Mine { Column::fixed("Time left", 10) } else { Column::fixed("State", 9) };
    let columns = [
        Column::fixed("Filed", 14).rank(2),
        Column::flexible("Who", 14, 1),
        Column::flexible("What", 24, 4),
        Column::fixed("Area", 15).rank(3),
        state,
    ];
    let (items, marks) = (&screen.items, &screen.marks);
    let list = match tab {
        Tab::Mine => &mut screen.mine,
        Tab::All => &mut screen.all,
    };
    let mut rows = std::mem::take(&mut list.rows);
    Table::new(&columns, &scene.theme, scene.focus).draw(area, frame.buffer_mut(), &mut rows, |line| {
        match list.place(line).and_then(|place| items.get(place)) {
            Some(item) => {
                let mark = tab == Tab::Mine && marks.contains(&item.request.id);
                row(item, tab, scene).mark(if mark { Mark::Marked } else { Mark::Unmarked })
            }
            None => Row::default(),
        }
    });
    list.rows = rows;
}

fn row(item: &Item, tab: Tab, scene: &Scene) -> Row<'static> {
    let (now, request) = (scene.now, &item.request);
    let state = item.state(now);
    let last = match tab {
        Tab::Mine => relative(now, request.expires).trim_start_matches("in ").to_owned(),
        Tab::All => state.name().to_owned(),
    };
    let theme = &scene.theme;
    let style = match state {
        State::Waiting => Style::new(),
        State::Stale | State::Expired => theme.warning,
        State::Applied | State::Rejected | State::Withdrawn => theme.muted,
    };
    let cells = [
        relative(now, request.filed),
        item.requester.clone(),
        sentence(&Shown::new(&request.summary).cut(SUMMARY)),
        request.area.name().to_owned(),
    ];
    let cells = cells.into_iter().map(Line::from).chain([Line::styled(last, style)]);
    Row::new(cells)
}

/// With a capital letter at the beginning.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
