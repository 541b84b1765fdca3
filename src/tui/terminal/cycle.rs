//! The loop.

use std::io::{self, Write};

use super::input::BATCH;
use super::program::{Effect, Ended, Program};
use super::screen::{Screen, Tty};
use super::sources::{Input, Sources};
use crate::tui::event::Event;
use signal_hook::consts::{SIGCONT, SIGTSTP};

/// The loop. It draws a frame, and from then on another one when everything that is waiting was handled and something
/// changed by it; with nothing to do, it waits.
pub(super) async fn drive<P: Program, W: Write, T: Tty>(
    program: &mut P,
    screen: &mut Screen<W, T>,
    sources: &mut Sources<'_>,
) -> io::Result<Ended> {
    program.changed();
    screen.draw(program)?;
    loop {
        let more = program.work();
        if !more {
            screen.draw_if_needed(program)?;
        }
        if let Some(ended) = perform(program, screen)? {
            return Ok(ended);
        }
        if more || screen.stale {
            tokio::task::yield_now().await;
        } else {
            let input = sources.next().await;
            if let Some(ended) = take(input, program, screen, sources.clock)? {
                return Ok(ended);
            }
        }
        for _ in 0..BATCH {
            let Some(input) = sources.waiting().await else {
                break;
            };
            if let Some(ended) = take(input, program, screen, sources.clock)? {
                return Ok(ended);
            }
        }
        screen.draw_if_needed(program)?;
    }
}

/// Gives the program an input and does what it wants done after it.
fn take<P: Program, W: Write, T: Tty>(
    input: Input,
    program: &mut P,
    screen: &mut Screen<W, T>,
    clock: &dyn Fn() -> jiff::Timestamp,
) -> io::Result<Option<Ended>> {
    let events = match input {
        Input::Events(events) => events,
        Input::Rest => vec![Event::Rest],
        Input::Tick if screen.tty.is_there() => vec![Event::Tick(clock())],
        Input::Tick | Input::Closed => return Ok(Some(Ended::HungUp)),
        Input::Signal(SIGTSTP) => {
            screen.suspend()?;
            return Ok(None);
        }
        Input::Signal(SIGCONT) => {
            screen.resume()?;
            return Ok(None);
        }
        Input::Signal(_) if !screen.tty.is_there() => return Ok(Some(Ended::HungUp)),
        Input::Signal(number) => return Ok(Some(Ended::Signal(number))),
    };
    for event in events {
        screen.stale |= matches!(event, Event::Resize(..));
        program.handle(event);
        if let Some(ended) = perform(program, screen)? {
            return Ok(Some(ended));
        }
    }
    Ok(None)
}

fn perform<P: Program, W: Write, T: Tty>(program: &mut P, screen: &mut Screen<W, T>) -> io::Result<Option<Ended>> {
    for effect in program.effects() {
        match effect {
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::Title(text) => screen.title(&text)?,
            Effect::Suspend => screen.suspend()?,
            Effect::Quit => return Ok(Some(Ended::Quit)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::time::Duration;

    use super::*;
    use crate::tui::key::Key;
    use crate::tui::terminal::program::MouseUse;
    use crate::tui::terminal::stage::Stage;
    use ratatui::Frame;
    use signal_hook::consts::SIGTERM;
    use tokio::sync::mpsc;

    /// A program that writes down what happens to it, and quits with its last frame or a tick. `q` quits, `z` suspends,
    /// `i` changes nothing, `w` makes three slices of work, `v` lets the terminal vanish.
    struct Diary {
        log: Vec<String>,
        effects: Vec<Effect>,
        changed: bool,
        work: u32,
        frames: u32,
        stage: Stage,
    }

    impl Program for Diary {
        fn handle(&mut self, event: Event) {
            self.changed = true;
            self.log.push(match event {
                Event::Key(key) => {
                    match key.typed() {
                        Some('q') => self.effects.push(Effect::Quit),
                        Some('z') => self.effects.push(Effect::Suspend),
                        Some('i') => self.changed = false,
                        Some('w') => self.work = 3,
                        Some('v') => {
                            self.changed = false;
                            self.stage.vanish();
                        }
                        _ => {}
                    }
                    key.to_string()
                }
                Event::Tick(now) => {
                    self.changed = false;
                    self.effects.push(Effect::Quit);
                    format!("tick {now}")
                }
                Event::Resize(columns, rows) => {
                    self.changed = false;
                    format!("{columns}x{rows}")
                }
                other => format!("{other:?}"),
            });
        }

        fn draw(&mut self, frame: &mut Frame<'_>) {
            self.log.push("draw".into());
            frame.render_widget("hello", frame.area());
            self.frames -= 1;
            if self.frames == 0 {
                self.effects.push(Effect::Quit);
            }
        }

        fn changed(&mut self) -> bool {
            std::mem::take(&mut self.changed)
        }

        fn work(&mut self) -> bool {
            if self.work > 0 {
                self.work -= 1;
                self.changed = true;
                self.log.push("work".into());
            }
            self.work > 0
        }

        fn effects(&mut self) -> Vec<Effect> {
            std::mem::take(&mut self.effects)
        }
    }

    /// The ends that a test feeds; dropping one closes it.
    struct Feed {
        keys: mpsc::Sender<Vec<Event>>,
        outside: mpsc::Sender<Event>,
        signals: mpsc::Sender<i32>,
    }

    impl Feed {
        fn keys(&self, text: &str) {
            self.keys.try_send(Key::sequence(text).into_iter().map(Event::Key).collect()).unwrap();
        }
    }

    const HOUR: Duration = Duration::from_secs(3_600);
    const SOON: Duration = Duration::from_millis(1);

    /// Plays what `feed` sends until a frame, a tick (each `period`) or an end; what `feed` returns stays open.
    fn play(frames: u32, period: Duration, feed: impl FnOnce(Feed) -> Option<Feed>) -> (Ended, Diary) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (keys, batches) = mpsc::channel(64);
            let (outside, events) = mpsc::channel(64);
            let (signals, numbers) = mpsc::channel(64);
            let _open = feed(Feed { keys, outside, signals });
            let mut sources = Sources::new(batches, events, numbers, (period, &|| jiff::Timestamp::UNIX_EPOCH));
            let stage = Stage::default();
            let mut screen = stage.screen(MouseUse::Terminal);
            let (log, effects) = (Vec::new(), Vec::new());
            let mut diary = Diary { log, effects, changed: false, work: 0, frames, stage };
            let ended = drive(&mut diary, &mut screen, &mut sources).await.unwrap();
            (ended, diary)
        })
    }

    #[test]
    fn a_frame_comes_first_and_one_frame_follows_all_waiting_keys() {
        let (_, diary) = play(2, HOUR, |feed| {
            feed.keys("abc");
            feed.keys("d");
            feed.outside.try_send(Event::Paste("p".into())).unwrap();
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "a", "b", "c", "Haste", "d", "Paste(\"p\")", "draw"]);
    }

    #[test]
    fn work_is_done_in_slices_with_a_frame_for_what_changed() {
        let (_, diary) = play(5, HOUR, |feed| {
            feed.keys("aw");
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "a", "w", "draw", "work", "draw", "work", "draw", "work", "draw"]);
    }

    #[test]
    fn nothing_is_drawn_when_nothing_changed() {
        let (ended, diary) = play(9, SOON, |feed| {
            feed.keys("iii");
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "i", "i", "i", "tick 1970-01-01T00:00:00Z"]);
        assert_eq!(ended, Ended::Quit);
    }

    #[test]
    fn another_size_is_drawn_even_if_the_program_sees_no_change() {
        let (_, diary) = play(2, HOUR, |feed| {
            feed.keys.try_send(vec![Event::Resize(90, 30)]).unwrap();
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "90x30", "draw"]);
    }

    #[test]
    fn keys_after_quitting_reach_nobody() {
        let (ended, diary) = play(9, HOUR, |feed| {
            feed.keys("aqx");
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "a", "q"]);
        assert_eq!(ended, Ended::Quit);
    }

    #[test]
    fn the_loop_goes_on_when_nothing_comes_from_outside_any_more() {
        let (_, diary) = play(2, HOUR, |feed| {
            let (outside, _) = mpsc::channel(1);
            let feed = Feed { outside, ..feed };
            feed.keys("a");
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "a", "draw"]);
    }

    #[test]
    fn the_loop_ends_when_no_key_can_come_any_more() {
        let (ended, diary) = play(9, HOUR, |feed| {
            feed.keys("a");
            None
        });
        assert_eq!(diary.log, ["draw", "a"]);
        assert_eq!(ended, Ended::HungUp);
    }

    #[test]
    fn a_signal_goes_before_the_keys_and_gives_the_terminal_back() {
        let (ended, diary) = play(9, HOUR, |feed| {
            feed.keys("abc");
            feed.signals.try_send(SIGTERM).unwrap();
            Some(feed)
        });
        assert_eq!(ended, Ended::Signal(SIGTERM));
        assert_eq!(diary.log, ["draw"]);
        assert_eq!(diary.stage.modes(), ["raw", "cooked"]);
    }

    #[test]
    fn a_terminal_that_is_gone_ends_the_loop_with_the_next_tick() {
        let (ended, diary) = play(9, SOON, |feed| {
            feed.keys("v");
            Some(feed)
        });
        assert_eq!(diary.log, ["draw", "v"]);
        assert_eq!(ended, Ended::HungUp);
    }

    #[test]
    fn stopping_gives_the_terminal_back_and_going_on_draws_it_anew() {
        let (_, diary) = play(2, HOUR, |feed| {
            feed.keys("z");
            Some(feed)
        });
        assert_eq!(diary.stage.modes(), ["raw", "cooked", "stop", "raw", "cooked"]);
        let sent = diary.stage.take();
        let frames: Vec<_> = sent.split("\x1b[?1049h").collect();
        assert_eq!(frames.len(), 3, "entered twice: {sent:?}");
        assert!(frames.iter().skip(1).all(|frame| frame.contains("hello")), "drawn whole twice: {sent:?}");
    }

    #[test]
    fn a_stop_and_continue_from_outside_do_the_same() {
        let (_, diary) = play(2, HOUR, |feed| {
            feed.signals.try_send(SIGTSTP).unwrap();
            feed.signals.try_send(SIGCONT).unwrap();
            Some(feed)
        });
        assert_eq!(diary.stage.modes(), ["raw", "cooked", "stop", "raw", "cooked", "raw", "cooked"]);
        assert_eq!(diary.log, ["draw", "draw"]);
    }
}
