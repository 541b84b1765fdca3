//! A mail server on 127.0.0.1: sockets and encryption here, the protocol by `mailin`.
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

pub const USER: &str = "treasury@example.com";
pub const PASSWORD: &str = "pass words: ünïcode";

/// What the server offers.
#[derive(Clone, Default)]
pub struct Offer {
    /// TLS from the first byte.
    pub tls: bool,
    /// STARTTLS.
    pub starttls: bool,
    /// Ways to sign in; with any of them, signing in is required.
    pub sign_in: Vec<AuthMechanism>,
    /// What it does out of the ordinary, when a line begins like this (in capitals).
    pub twist: Option<(&'static str, Twist)>,
}

/// Something that goes wrong.
#[derive(Clone, Copy)]
pub enum Twist {
    /// Answers this instead.
    Answer(&'static str),
    /// Answers as usual, and somebody on the way adds this in the clear.
    Insert(&'static str),
    /// Closes the connection.
    HangUp,
    /// Says nothing any more.
    Silence,
}

/// A message as it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: Vec<u8>,
}

/// A line of a client, and whether it came through TLS.
#[derive(Clone, Debug)]
pub struct Heard {
    pub encrypted: bool,
    pub line: String,
}

#[derive(Default)]
struct Notes {
    received: Mutex<Vec<Received>>,
    heard: Mutex<Vec<Heard>>,
    closing: AtomicBool,
}

/// The running server; it ends when it is dropped.
pub struct Server {
    pub port: u16,
    /// The certificate authority (PEM) that signed the server's certificate.
    pub ca: Vec<u8>,
    notes: Arc<Notes>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server whose certificate is for `localhost` and 127.0.0.1.
    pub fn start(offer: Offer) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (ca, tls) = certificates();
        let notes = Arc::new(Notes::default());
        let shared = Arc::clone(&notes);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.closing.load(Ordering::SeqCst) {
                    return;
                }
                // A client that goes away in the middle is what some tests are about.
                let _ = converse(stream.unwrap(), &offer, &tls, &shared);
            }
        });
        Self { port, ca, notes, thread: Some(thread) }
    }

    pub fn received(&self) -> Vec<Received> {
        self.notes.received.lock().unwrap().clone()
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.notes.heard.lock().unwrap().clone()
    }

    /// The lines that anybody on the way could read.
    pub fn heard_in_the_clear(&self) -> Vec<String> {
        self.heard().into_iter().filter(|heard| !heard.encrypted).map(|heard| heard.line).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.notes.closing.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server of the test failed");
        }
    }
}

enum Wire {
    Plain(TcpStream),
    Encrypted(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Wire {
    fn encrypt(self, tls: &Arc<ServerConfig>) -> Self {
        match self {
            Self::Plain(stream) => {
                let connection = ServerConnection::new(Arc::clone(tls)).unwrap();
                Self::Encrypted(Box::new(StreamOwned::new(connection, stream)))
            }
            encrypted @ Self::Encrypted(_) => encrypted,
        }
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Encrypted(stream) => stream.read(buffer),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(buffer),
            Self::Encrypted(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Encrypted(stream) => stream.flush(),
        }
    }
}

fn converse(stream: TcpStream, offer: &Offer, tls: &Arc<ServerConfig>, notes: &Notes) -> io::Result<()> {
    let mut session = session(offer, notes);
    let mut wire = Wire::Plain(stream);
    let mut encrypted = offer.tls;
    if offer.tls {
        wire = wire.encrypt(tls);
        session.tls_active();
    }
    let mut wire = BufReader::new(wire);
    match offer.twist {
        Some(("", Twist::Answer(text))) => {
            return reply(&mut wire, format!("{text}\r\n").as_bytes());
        }
        Some(("", Twist::HangUp)) => return Ok(()),
        Some(("", Twist::Silence)) => return wait_for_the_end(&mut wire),
        _ => reply(&mut wire, &session.greeting().buffer()?)?,
    }
    loop {
        let mut line = Vec::new();
        if wire.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        notes.heard.lock().unwrap().push(Heard { encrypted, line: text.clone() });
        let mut inserted = "";
        match offer.twist {
            Some((start, twist)) if text.to_uppercase().starts_with(start) => match twist {
                Twist::Answer(answer) if text != "." => {
                    reply(&mut wire, format!("{answer}\r\n").as_bytes())?;
                    continue;
                }
                Twist::HangUp => return Ok(()),
                Twist::Silence => return wait_for_the_end(&mut wire),
                Twist::Insert(more) => inserted = more,
                Twist::Answer(_) => {}
            },
            _ => {}
        }
        let response = session.process(&line);
        if response.action != Action::NoReply {
            reply(&mut wire, &[response.buffer()?.as_slice(), inserted.as_bytes()].concat())?;
        }
        match response.action {
            // mailin stays in the middle of the message when it was turned down.
            Action::Reply if text == "." && response.is_error => return say_goodbye(&mut wire),
            Action::Close => return Ok(()),
            Action::UpgradeTls => {
                wire = BufReader::new(wire.into_inner().encrypt(tls));
                session.tls_active();
                encrypted = true;
            }
            Action::Reply | Action::NoReply => {}
        }
    }
}

fn reply(wire: &mut BufReader<Wire>, bytes: &[u8]) -> io::Result<()> {
    wire.get_mut().write_all(bytes)?;
    wire.get_mut().flush()
}

fn say_goodbye(wire: &mut BufReader<Wire>) -> io::Result<()> {
    wire.read_until(b'\n', &mut Vec::new())?;
    reply(wire, b"221 2.0.0 goodbye\r\n")
}

fn wait_for_the_end(wire: &mut BufReader<Wire>) -> io::Result<()> {
    io::copy(wire, &mut io::sink()).map(|_| ())
}

fn session<'n>(offer: &Offer, notes: &'n Notes) -> Session<Clerk<'n>> {
    let mut builder = SessionBuilder::new("mail.example.com");
    if offer.starttls {
        builder.enable_start_tls();
    } else if !offer.tls {
        builder.insecure_enable_plaintext_auth();
    }
    for way in &offer.sign_in {
        builder.enable_auth(way.clone());
    }
    let verdict = match offer.twist {
        Some((".", Twist::Answer(answer))) => Some(answer),
        _ => None,
    };
    let clerk = Clerk { notes, message: Received::default(), verdict };
    builder.build(IpAddr::V4(Ipv4Addr::LOCALHOST), clerk)
}

/// Takes what the protocol hands over.
struct Clerk<'n> {
    notes: &'n Notes,
    message: Received,
    /// What it says to every message, instead of taking it.
    verdict: Option<&'static str>,
}

impl Clerk<'_> {
    fn judge(user: &str, password: &str) -> Response {
        if (user, password) == (USER, PASSWORD) { response::AUTH_OK } else { response::INVALID_CREDENTIALS }
    }
}

impl Handler for Clerk<'_> {
    fn data_start(&mut self, _: &str, from: &str, _: bool, to: &[String]) -> Response {
        self.message = Received { from: from.to_owned(), to: to.to_vec(), data: Vec::new() };
        response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.message.data.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        if let Some((code, text)) = self.verdict.and_then(|verdict| verdict.split_once(' ')) {
            return Response::custom(code.parse().unwrap(), text.to_owned());
        }
        self.notes.received.lock().unwrap().push(std::mem::take(&mut self.message));
        Response::custom(250, "2.0.0 queued as 4711".to_owned())
    }

    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        Self::judge(user, password)
    }

    fn auth_login(&mut self, user: &str, password: &str) -> Response {
        Self::judge(user, password)
    }
}

/// A certificate authority (PEM), and a server that it vouches for.
fn certificates() -> (Vec<u8>, Arc<ServerConfig>) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(authority, authority_key);

    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .unwrap();
    (authority_certificate.pem().into_bytes(), Arc::new(config))
}
