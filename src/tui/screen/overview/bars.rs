//! Small charts: a bar for each line, and its number beside it, so that they are read without colour.
use ratatui::text::{Line, Span};

use super::block::Block;
use crate::domain::catalogue::Group;
use crate::domain::overview::Tally;
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;
use crate::tui::widget::line::columns;

/// Stretches of time that growth is shown in.
const STRETCHES: i64 = 6;

/// How the number of those who are here grew; none while the number alone says as much.
pub(super) fn growth(tally: &Tally, scene: &Scene, width: u16) -> Option<Block> {
    if tally.days() < 2 {
        return None;
    }
    let mut block = Block::new("Members over time", "of those who are here".into(), &scene.theme);
    let growth = tally.growth(scene.now, STRETCHES);
    let lines = growth.iter().map(|point| (point.until.strftime("%-d %b %Y").to_string(), point.people));
    bars(&lines.collect::<Vec<_>>(), &scene.theme, width).into_iter().for_each(|line| block.say(line));
    Some(block)
}

/// How many people have the whole of each group; none while there is nobody to compare.
pub(super) fn groups(tally: &Tally, scene: &Scene, width: u16) -> Option<Block> {
    if tally.active < 2 {
        return None;
    }
    let mut block = Block::new("Permissions by group", "people with all of it".into(), &scene.theme);
    let lines = Group::ALL.map(|group| (group.name().to_owned(), tally.with_group(group)));
    bars(&lines, &scene.theme, width).into_iter().for_each(|line| block.say(line));
    Some(block)
}

/// Labels, bars and numbers in columns; the longest bar takes what room there is, up to 40 columns.
fn bars(lines: &[(String, usize)], theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let label = lines.iter().map(|(label, _)| columns(label)).max().unwrap_or(0);
    let most = lines.iter().map(|(_, number)| *number).max().unwrap_or(0).max(1);
    let figures = most.to_string().len();
    let room = usize::from(width).saturating_sub(label + figures + 6).clamp(1, 40);
    let bar = |(text, number): &(String, usize)| {
        let full = (number * room).div_ceil(most);
        let gap = " ".repeat(label.saturating_sub(columns(text)));
        Line::from(vec![
            Span::styled(format!(" {text}{gap} "), theme.text),
            Span::styled(format!("{number:>figures$} "), theme.title),
            Span::styled(theme.glyphs.full.repeat(full), theme.accent),
            Span::styled(theme.glyphs.empty.repeat(room.saturating_sub(full)), theme.muted),
        ])
    };
    lines.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::Glyphs;

    #[test]
    fn bars_are_read_without_colour_and_with_ascii_alone() {
        let lines = [("2024".to_owned(), 5), ("2025".to_owned(), 0), ("2026".to_owned(), 10)];
        let drawn = |theme: &Theme| bars(&lines, theme, 22).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(drawn(&Theme::mono()), [" 2024  5 █████░░░░░", " 2025  0 ░░░░░░░░░░", " 2026 10 ██████████"]);
        let plain = Theme::mono().with_glyphs(Glyphs::ASCII);
        assert_eq!(drawn(&plain), [" 2024  5 #####.....", " 2025  0 ..........", " 2026 10 ##########"]);
    }

    #[test]
    fn few_among_very_many_are_still_seen() {
        let lines = [("a".to_owned(), 1), ("b".to_owned(), 1_000_000)];
        let drawn: Vec<_> = bars(&lines, &Theme::mono(), 20).iter().map(ToString::to_string).collect();
        assert_eq!(drawn, [" a       1 █░░░░░", " b 1000000 ██████"]);
    }
}
