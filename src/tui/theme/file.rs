//! Themes from files: a colour for each style, on the modifiers that every theme has.
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use super::Theme;
use super::choose::Depth;

/// A theme as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The background that its colours are read on, when that is the terminal's own.
    #[expect(dead_code, reason = "what the colours were chosen for; the tests read it")]
    assumes: Option<String>,
    /// The colour of ordinary text; without one the terminal's own.
    text: Option<String>,
    /// The background that it paints; without one the terminal's own stays.
    paints: Option<String>,
    styles: Colours,
}

/// The colours by the names of the styles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Colours {
    muted: String,
    accent: String,
    selected: String,
    border: String,
    border_focused: String,
    key: String,
    disabled: String,
    danger: String,
    warning: String,
    ok: String,
    sensitive: String,
    tab: String,
    tab_other: String,
    button: String,
    button_focused: String,
    badge: String,
    banner: String,
    escape: String,
}

/// The theme in a file of `assets/themes`. Those are part of the program and tested; one that could not be read would
/// be the terminal's own colours.
pub(super) fn from_file(text: &str, depth: Depth) -> Theme {
    let base = Theme::terminal_default();
    let Ok(file) = toml::from_str::<File>(text) else { return base };
    let colour = |text: &str| text.parse::<Color>().map_or(Color::Reset, |colour| shown(colour, depth));
    // A colour says that something matters less better than dimming does, which some terminals make unreadable.
    let with =
        |style: Style, text: &str| Style { add_modifier: style.add_modifier - Modifier::DIM, ..style }.fg(colour(text));
    let styles = &file.styles;
    let own = |text: &Option<String>| text.as_deref().map_or(Color::Reset, colour);
    Theme {
        muted: with(base.muted, &styles.muted),
        accent: with(base.accent, &styles.accent),
        selected: with(base.selected, &styles.selected),
        border: with(base.border, &styles.border),
        border_focused: with(base.border_focused, &styles.border_focused),
        key: with(base.key, &styles.key),
        disabled: with(base.disabled, &styles.disabled),
        danger: with(base.danger, &styles.danger),
        warning: with(base.warning, &styles.warning),
        ok: with(base.ok, &styles.ok),
        sensitive: with(base.sensitive, &styles.sensitive),
        tab: with(base.tab, &styles.tab),
        tab_other: with(base.tab_other, &styles.tab_other),
        button: with(base.button, &styles.button),
        button_focused: with(base.button_focused, &styles.button_focused),
        badge: with(base.badge, &styles.badge),
        banner: with(base.banner, &styles.banner),
        escape: with(base.escape, &styles.escape),
        ground: (own(&file.text), own(&file.paints)),
        ..base
    }
}

/// A colour as a terminal of this depth shows it best.
fn shown(colour: Color, depth: Depth) -> Color {
    match (colour, depth) {
        (Color::Rgb(r, g, b), Depth::Indexed) => Color::Indexed(nearest([r, g, b], 16..=255)),
        (Color::Rgb(r, g, b), Depth::Sixteen) => Color::Indexed(nearest([r, g, b], 0..=15)),
        (colour, _) => colour,
    }
}

/// The number of the colour of xterm's palette, among those of a range, that is nearest.
fn nearest(wanted: [u8; 3], range: std::ops::RangeInclusive<u8>) -> u8 {
    let far = |number: &u8| {
        let parts = palette(*number).into_iter().zip(wanted);
        parts.map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum::<u32>()
    };
    range.min_by_key(far).unwrap_or_default()
}

/// A colour of xterm's palette: sixteen names, a cube of six levels, and 24 greys.
fn palette(number: u8) -> [u8; 3] {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |index: u8| LEVELS.get(usize::from(index)).copied().unwrap_or_default();
    match number {
        0..=6 => {
            let part = |bit: u8| if number >> bit & 1 == 1 { 128 } else { 0 };
            [part(0), part(1), part(2)]
        }
        7 => [192; 3],
        8 => [128; 3],
        9..=15 => {
            let part = |bit: u8| if number >> bit & 1 == 1 { 255 } else { 0 };
            [part(0), part(1), part(2)]
        }
        16..=231 => {
            let cube = number - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        232..=255 => [8 + (number - 232) * 10; 3],
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const FILES: [(&str, &str); 5] = [
        ("light", include_str!("../../../assets/themes/light.toml")),
        ("dark", include_str!("../../../assets/themes/dark.toml")),
        ("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
        ("blue-orange", include_str!("../../../assets/themes/blue-orange.toml")),
        ("teal-red", include_str!("../../../assets/themes/teal-red.toml")),
    ];

    fn rgb(text: &str) -> [f64; 3] {
        match text.parse::<Color>().unwrap() {
            Color::Rgb(r, g, b) => [r, g, b].map(f64::from),
            other => unreachable!("{other:?} is no colour of a theme"),
        }
    }

    /// Every colour of a file by its name, and the background that it is read on.
    fn colours(text: &str) -> (Vec<(String, [f64; 3])>, [f64; 3]) {
        let table: toml::Table = text.parse().unwrap();
        let get = |key: &str| table.get(key).and_then(toml::Value::as_str).map(rgb);
        let styles = table.get("styles").unwrap().as_table().unwrap();
        let mut all: Vec<_> = styles.iter().map(|(name, value)| (name.clone(), rgb(value.as_str().unwrap()))).collect();
        all.extend(get("text").map(|colour| ("text".to_owned(), colour)));
        (all, get("assumes").or(get("paints")).unwrap())
    }

    fn linear(part: f64) -> f64 {
        let part = part / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    }

    /// The contrast ratio of the Web Content Accessibility Guidelines.
    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let light = |colour: [f64; 3]| {
            let [r, g, b] = colour.map(linear);
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (one, other) = (light(one), light(other));
        one.max(other) / one.min(other)
    }

    /// A colour as somebody sees it to whom one kind of cone is missing (Machado and others, 2009), in CIE Lab.
    fn seen(colour: [f64; 3], sight: [[f64; 3]; 3]) -> [f64; 3] {
        let light = colour.map(linear);
        let [r, g, b] = sight.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0));
        let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
    }

    const PROTANOPIA: [[f64; 3]; 3] =
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]];
    const DEUTERANOPIA: [[f64; 3]; 3] =
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_82, 0.042_94, 0.968_881]];
    const TRITANOPIA: [[f64; 3]; 3] =
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_9]];

    #[test]
    fn every_file_is_a_theme() {
        for (name, text) in FILES {
            toml::from_str::<File>(text).unwrap_or_else(|error| unreachable!("{name}: {error}"));
            assert_ne!(from_file(text, Depth::True), Theme::terminal_default(), "{name}");
        }
    }

    #[test]
    fn everything_can_be_read_on_its_background() {
        for (name, text) in FILES {
            let (colours, ground) = colours(text);
            let least = if name == "high-contrast" { 7.0 } else { 4.5 };
            for (style, colour) in colours {
                let ratio = contrast(colour, ground);
                assert!(ratio >= least, "{name}: {style} has a contrast of {ratio:.2}");
            }
        }
    }

    #[test]
    fn fine_wrong_and_worth_a_look_differ_for_those_whom_the_theme_is_for() {
        let cases = [("blue-orange", PROTANOPIA), ("blue-orange", DEUTERANOPIA), ("teal-red", TRITANOPIA)];
        for (theme, sight) in cases {
            let (_, text) = FILES.into_iter().find(|(name, _)| *name == theme).unwrap();
            let (colours, _) = colours(text);
            let of = |name: &str| seen(colours.iter().find(|(style, _)| style == name).unwrap().1, sight);
            for (one, other) in [("ok", "danger"), ("ok", "warning"), ("danger", "warning"), ("text", "danger")] {
                let far = of(one).iter().zip(of(other)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                assert!(far >= 25.0, "{theme}: {one} and {other} are {far:.1} apart");
            }
        }
        // The measure sees what it is for: the usual green and red are hardly apart without green cones.
        let (green, red) = (seen(rgb("#8fa000"), DEUTERANOPIA), seen(rgb("#c88a00"), DEUTERANOPIA));
        assert!(green.iter().zip(red).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt() < 25.0);
    }

    #[test]
    fn a_terminal_of_fewer_colours_gets_the_nearest() {
        assert_eq!(nearest([255, 255, 255], 16..=255), 231);
        assert_eq!(nearest([10, 10, 10], 16..=255), 232);
        assert_eq!(nearest([250, 5, 5], 0..=15), 9);
        assert_eq!(nearest([0, 255, 255], 0..=15), 14);
        assert_eq!(palette(8), [128; 3]);
        let theme = from_file(FILES[1].1, Depth::Indexed);
        assert!(matches!(theme.accent.fg, Some(Color::Indexed(16..))));
    }
}
