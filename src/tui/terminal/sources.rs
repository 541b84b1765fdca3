//! What the loop waits for: keys, signals, what the engine tells, and time.
use std::future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use crate::tui::event::Event;

/// How long no key has to come until somebody is said to read. A key that is held comes more often.
const REST: Duration = Duration::from_millis(80);

/// What the loop waits for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    Events(Vec<Event>),
    Signal(i32),
    Rest,
    Tick,
    Closed,
}

/// Where it comes from.
pub(super) struct Sources<'a> {
    keys: mpsc::Receiver<Vec<Event>>,
    outside: Option<mpsc::Receiver<Event>>,
    signals: mpsc::Receiver<i32>,
    tick: Interval,
    /// When nobody types any more, if somebody does.
    rest: Option<Instant>,
    pub(super) clock: &'a dyn Fn() -> jiff::Timestamp,
}

impl<'a> Sources<'a> {
    /// Batches of keys, events from outside, signals, and a tick each period by this clock.
    pub(super) fn new(
        keys: mpsc::Receiver<Vec<Event>>,
        outside: mpsc::Receiver<Event>,
        signals: mpsc::Receiver<i32>,
        (period, clock): (Duration, &'a dyn Fn() -> jiff::Timestamp),
    ) -> Self {
        let mut tick = interval_at(Instant::now() + period, period);
        tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
        Self { keys, outside: Some(outside), signals, tick, rest: None, clock }
    }

    /// The next input, signals first.
    pub(super) async fn next(&mut self) -> Input {
        loop {
            let outside = async {
                match &mut self.outside {
                    Some(events) => events.recv().await,
                    None => future::pending().await,
                }
            };
            let rest = self.rest;
            let resting = async {
                match rest {
                    Some(rest) => sleep_until(rest).await,
                    None => future::pending().await,
                }
            };
            tokio::select! {
                biased;
                Some(number) = self.signals.recv() => return Input::Signal(number),
                batch = self.keys.recv() => return batch.map_or(Input::Closed, |batch| self.typed(batch)),
                event = outside => match event {
                    Some(event) => return Input::Events(vec![event]),
                    None => self.outside = None,
                },
                () = resting => {
                    self.rest = None;
                    return Input::Rest;
                }
                _ = self.tick.tick() => return Input::Tick,
            }
        }
    }

    /// A batch of input, with a word before it if it follows another one at once.
    fn typed(&mut self, mut batch: Vec<Event>) -> Input {
        let typed = batch.iter().any(|event| matches!(event, Event::Key(_)));
        if typed && self.rest.replace(Instant::now() + REST).is_some() {
            batch.insert(0, Event::Haste);
        }
        Input::Events(batch)
    }

    /// What is there already.
    pub(super) async fn waiting(&mut self) -> Option<Input> {
        tokio::select! {
            biased;
            input = tokio::task::unconstrained(self.next()) => Some(input),
            () = future::ready(()) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::key::Key;

    #[test]
    fn keys_that_follow_others_at_once_are_hasty_until_nobody_types_for_a_moment() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (keys, batches) = mpsc::channel(8);
            let (outside, events) = mpsc::channel(8);
            let (_signals, numbers) = mpsc::channel(8);
            let clock = || jiff::Timestamp::UNIX_EPOCH;
            let mut sources = Sources::new(batches, events, numbers, (Duration::from_secs(3_600), &clock));
            let key = |typed| Event::Key(Key::char(typed));
            let send = |batch: Vec<Event>| keys.try_send(batch).unwrap();
            send(vec![key('a'), key('b')]);
            assert_eq!(sources.next().await, Input::Events(vec![key('a'), key('b')]));
            send(vec![key('c')]);
            assert_eq!(sources.next().await, Input::Events(vec![Event::Haste, key('c')]));
            // What the engine tells meanwhile is no reason to wait longer.
            let typed = Instant::now();
            tokio::time::advance(REST / 2).await;
            outside.try_send(Event::News).unwrap();
            assert_eq!(sources.next().await, Input::Events(vec![Event::News]));
            assert_eq!(sources.next().await, Input::Rest);
            assert_eq!(Instant::now() - typed, REST);
            send(vec![key('d')]);
            assert_eq!(sources.next().await, Input::Events(vec![key('d')]));
            assert_eq!(sources.next().await, Input::Rest);
            // Nobody at the keyboard is told nothing more.
            send(vec![Event::Resize(90, 30)]);
            assert_eq!(sources.next().await, Input::Events(vec![Event::Resize(90, 30)]));
            assert_eq!(sources.next().await, Input::Tick);
        });
    }
}
