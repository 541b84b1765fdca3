//! The worker on a thread of its own.
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::request::{Report, Request, Ticket};
use super::worker::Worker;

/// How often other programs' changes are looked for when nothing is asked.
const POLL: Duration = Duration::from_secs(1);

/// The way to the engine. When it is dropped the engine finishes what it has begun and ends.
pub struct Handle {
    requests: Option<Sender<(Ticket, Request)>>,
    thread: Option<JoinHandle<()>>,
}

impl Handle {
    /// Asks for something. The answer comes as a report.
    pub fn ask(&self, ticket: Ticket, request: Request) {
        if self.requests.as_ref().is_none_or(|requests| requests.send((ticket, request)).is_err()) {
            tracing::error!("the engine has ended");
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.requests = None;
        if self.thread.take().map(JoinHandle::join).is_some_and(|joined| joined.is_err()) {
            tracing::error!("the engine ended by itself");
        }
    }
}

/// Takes a report; false when nobody listens any more.
type Listener = dyn Fn(Report) -> bool + Send;

/// Starts the engine. `listener` takes its reports, and says false when nobody listens any more.
///
/// # Errors
/// When the system gives no thread.
pub fn spawn(worker: Worker, listener: impl Fn(Report) -> bool + Send + 'static) -> std::io::Result<Handle> {
    let (requests, inbox) = channel();
    let thread = std::thread::Builder::new().name("engine".into()).spawn(move || serve(worker, &inbox, &listener))?;
    Ok(Handle { requests: Some(requests), thread: Some(thread) })
}

fn serve(mut worker: Worker, inbox: &Receiver<(Ticket, Request)>, listener: &Listener) {
    let mut more = true;
    loop {
        let wait = if more { Duration::ZERO } else { POLL };
        match inbox.recv_timeout(wait) {
            Ok((ticket, request)) => {
                let only_reads = request.only_reads();
                let answer = worker.serve(request);
                if !only_reads {
                    publish(&worker, listener);
                }
                tell(listener, Report::Done(ticket, answer));
                more = true;
            }
            Err(RecvTimeoutError::Timeout) => match worker.idle() {
                Ok(idle) => {
                    more = idle.more;
                    if idle.moved {
                        publish(&worker, listener);
                    }
                    idle.trouble.into_iter().for_each(|trouble| tell(listener, Report::Trouble(trouble)));
                }
                Err(fault) => {
                    more = false;
                    tracing::error!(%fault, "idle work failed");
                    tell(listener, Report::Trouble(format!("{fault}. {}", fault.hint())));
                }
            },
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn publish(worker: &Worker, listener: &Listener) {
    let report = match worker.view() {
        Ok(Some(view)) => Report::Moved(view),
        Ok(None) => return,
        Err(fault) => Report::Trouble(format!("{fault}. {}", fault.hint())),
    };
    tell(listener, report);
}

/// Whoever stopped listening may have asked for something before, such as the end of their session: it is still done.
fn tell(listener: &Listener, report: Report) {
    if !listener(report) {
        tracing::debug!("nobody listens any more");
    }
}
