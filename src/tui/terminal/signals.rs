//! Signals: told to the loop, and obeyed without it when it does not answer.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::{flag, low_level};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::screen::restore;

/// How long the loop may take to notice a signal before the program is ended without it.
const PATIENCE: Duration = Duration::from_millis(700);

/// Stands down when dropped: from then on the signals do again what they do to every program.
pub(super) struct Watching {
    over: Arc<AtomicBool>,
    _alive: oneshot::Sender<()>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

pub(super) async fn watch_signals(entered: &Arc<AtomicBool>) -> io::Result<(mpsc::Receiver<i32>, Watching)> {
    let over = Arc::new(AtomicBool::new(false));
    for number in [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP] {
        flag::register_conditional_default(number, Arc::clone(&over))?;
    }
    let (send, receive) = mpsc::channel(16);
    let (alive, standing) = oneshot::channel();
    let (ready, registered) = oneshot::channel();
    let entered = Arc::clone(entered);
    thread::Builder::new().name("signals".into()).spawn(move || match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(listen(ready, &send, standing, entered)),
        Err(error) => drop(ready.send(Err(error))),
    })?;
    registered.await.map_err(io::Error::other)??;
    Ok((receive, Watching { over, _alive: alive }))
}

async fn listen(
    ready: oneshot::Sender<io::Result<()>>,
    send: &mpsc::Sender<i32>,
    mut standing: oneshot::Receiver<()>,
    entered: Arc<AtomicBool>,
) {
    let numbers = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT];
    let registered: io::Result<Vec<_>> =
        numbers.into_iter().map(|number| Ok((number, signal(SignalKind::from_raw(number))?))).collect();
    let mut signals = match registered {
        Ok(signals) => signals,
        Err(error) => return drop(ready.send(Err(error))),
    };
    let _ = ready.send(Ok(()));
    loop {
        let arrived = poll_fn(|context| {
            let ready =
                signals.iter_mut().find_map(|(number, signal)| signal.poll_recv(context).is_ready().then_some(*number));
            ready.map_or(Poll::Pending, Poll::Ready)
        });
        let number = tokio::select! {
            number = arrived => number,
            _ = &mut standing => return,
        };
        let _ = send.try_send(number);
        if number == SIGTSTP || number == SIGCONT {
            continue;
        }
        tokio::select! {
            _ = &mut standing => return,
            () = sleep(PATIENCE) => {}
        }
        let entered = Arc::clone(&entered);
        thread::spawn(move || restore(&entered));
        sleep(Duration::from_millis(100)).await;
        let _ = low_level::emulate_default_handler(number);
    }
}
