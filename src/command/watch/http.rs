//! A small server of HTTP/1.1 for the browser on the same machine, and for nobody else.
//!
//! It listens on the loopback address alone. It answers no request that names another host, so that no foreign name which
//! leads to this address is a way in, and none that another site makes a browser send.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The first port that is tried.
const PORT: u16 = 4870;

/// How many ports are tried.
const TRIED: u16 = 20;

/// How many bytes the head of a request may have: browsers send less than a tenth.
const MAX_HEAD: u64 = 16 * 1024;

/// How many bytes a request may send behind its head.
const MAX_BODY: usize = 4 * 1024;

/// How many requests are answered at once; each page that is open keeps one.
const MAX_OPEN: usize = 64;

/// How long a browser may take to send what it asks.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request that this server answers.
pub(super) struct Request {
    pub(super) method: Method,
    /// The path, without its `/`.
    pub(super) path: String,
    /// What follows `?`.
    pub(super) query: String,
    /// The value of `X-Fascicle-Token`, which no form and no other site can send.
    pub(super) token: String,
    pub(super) body: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
}

/// What is answered.
pub(super) enum Answer {
    /// A file: its media type and its bytes.
    File(&'static str, Vec<u8>),
    /// A refusal: the status and a sentence.
    Refusal(u16, &'static str),
    /// News, as long as the browser listens.
    News,
}

/// Who answers.
pub(super) trait Service: Send + Sync + 'static {
    /// The answer to a request.
    fn answer(&self, request: &Request) -> Answer;

    /// Writes news, until that fails.
    fn news(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// A server that listens.
pub(super) struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Listens on `port`, or on the first free one of a few.
    pub(super) fn new(port: Option<u16>) -> Result<Self, String> {
        let ports = match port {
            Some(port) => port..=port,
            None => PORT..=PORT + TRIED - 1,
        };
        let mut fault = None;
        for port in ports.clone() {
            let listening = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
            match listening {
                Ok((port, listener)) => return Ok(Self { listener, port }),
                Err(error) => fault = Some(error),
            }
        }
        let why = fault.map_or_else(String::new, |error| error.to_string());
        Err(match port {
            Some(port) => {
                format!("cannot listen on port {port}: {why}; choose another with `--port NUMBER`")
            }
            None => format!(
                "cannot listen on any port from {} to {}: {why}; choose one with `--port NUMBER`",
                ports.start(),
                ports.end()
            ),
        })
    }

    /// Where it is.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers requests for ever, each on a thread of its own.
    pub(super) fn serve(self, service: &Arc<impl Service>) {
        let open = Arc::new(AtomicUsize::new(0));
        for stream in self.listener.incoming().filter_map(Result::ok) {
            let (service, open, port) = (Arc::clone(service), Arc::clone(&open), self.port);
            if open.fetch_add(1, Ordering::Relaxed) >= MAX_OPEN {
                open.fetch_sub(1, Ordering::Relaxed);
                let refusal = Answer::Refusal(503, "too many pages are open");
                let _ = write(&stream, &refusal);
                continue;
            }
            let slot = Slot(open);
            std::thread::spawn(move || {
                let _slot = slot;
                // A browser that has gone needs no answer.
                let _ = converse(&stream, port, &*service);
            });
        }
    }
}

/// A place among the requests that are answered at once, given back however the answer ends.
struct Slot(Arc<AtomicUsize>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Reads one request and answers it.
fn converse(stream: &TcpStream, port: u16, service: &impl Service) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let answer = match read(&mut reader, port)? {
        Ok(request) => service.answer(&request),
        Err((status, why)) => Answer::Refusal(status, why),
    };
    write(stream, &answer)?;
    match answer {
        Answer::News => service.news(&mut &*stream),
        Answer::File(..) | Answer::Refusal(..) => Ok(()),
    }
}

/// Why a request is refused.
type Refused = (u16, &'static str);

/// Reads a request; what may not be answered is refused.
fn read(stream: &mut BufReader<&TcpStream>, port: u16) -> io::Result<Result<Request, Refused>> {
    let Some(head) = Head::read(stream)? else {
        return Ok(Err((400, "this is no request")));
    };
    if let Err(refused) = head.guard(port) {
        return Ok(Err(refused));
    }
    let method = match head.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => return Ok(Err((405, "pages are only read here"))),
    };
    let length = match head.value("content-length") {
        _ if method == Method::Get => 0,
        Some(length) => length.parse().unwrap_or(usize::MAX),
        None => return Ok(Err((411, "the length is missing"))),
    };
    if length > MAX_BODY {
        return Ok(Err((413, "this is too long")));
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
    Ok(Ok(Request {
        method,
        path: path.trim_start_matches('/').to_owned(),
        query: query.to_owned(),
        token: head
            .value("x-fascicle-token")
            .unwrap_or_default()
            .to_owned(),
        body,
    }))
}

/// The first lines of a request.
struct Head {
    method: String,
    target: String,
    /// Names in small letters, and values.
    fields: Vec<(String, String)>,
}

impl Head {
    /// Reads it; `None` if it is none.
    fn read(stream: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut lines = stream.take(MAX_HEAD).lines();
        // One that is too long ends without an empty line: what it says last, nobody has read.
        let mut line = || lines.next().transpose();
        let Some(first) = line()? else {
            return Ok(None);
        };
        let mut words = first.split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let mut head = Self {
            method: method.to_owned(),
            target: target.to_owned(),
            fields: Vec::new(),
        };
        loop {
            let Some(line) = line()? else {
                return Ok(None);
            };
            if line.is_empty() {
                return Ok(head.target.starts_with('/').then_some(head));
            }
            let Some((name, value)) = line.split_once(':') else {
                return Ok(None);
            };
            let name = name.to_ascii_lowercase();
            head.fields.push((name, value.trim().to_owned()));
        }
    }

    /// The value of a field that stands once.
    fn value(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(other, _)| other == name);
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(other, _)| other == name)
    }

    /// Refuses what is meant for another host, and what another site makes a browser ask.
    fn guard(&self, port: u16) -> Result<(), Refused> {
        let hosts = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{port}"));
        let is_here = |host: &str| hosts.iter().any(|here| host.eq_ignore_ascii_case(here));
        if !self.value("host").is_some_and(is_here) {
            return Err((403, "this server answers for this machine alone"));
        }
        let origin = self
            .value("origin")
            .and_then(|origin| origin.strip_prefix("http://"));
        if self.has("origin") && !origin.is_some_and(is_here) {
            return Err((403, "another site asks"));
        }
        let site = self.value("sec-fetch-site");
        match self.has("sec-fetch-site") && !matches!(site, Some("same-origin" | "none")) {
            true => Err((403, "another site asks")),
            false => Ok(()),
        }
    }
}

/// Writes an answer; of news, the head alone.
fn write(mut out: impl Write, answer: &Answer) -> io::Result<()> {
    let (status, media, body) = match answer {
        Answer::File(media, body) => (200, *media, body.as_slice()),
        Answer::Refusal(status, why) => (*status, "text/plain; charset=utf-8", why.as_bytes()),
        Answer::News => (200, "text/event-stream", [].as_slice()),
    };
    let length = match answer {
        Answer::News => String::new(),
        Answer::File(..) | Answer::Refusal(..) => format!("Content-Length: {}\r\n", body.len()),
    };
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {media}\r\n{length}Connection: close\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         Referrer-Policy: same-origin\r\n\r\n",
        reason(status)
    );
    out.write_all(&[head.as_bytes(), body].concat())?;
    out.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        411 => "Length Required",
        413 => "Content Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_that_is_cut_off_is_none() {
        let head = |length: usize| {
            let long = "x".repeat(length);
            let text = format!(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\nOrigin: http://evil.example\r\n\r\n"
            );
            Head::read(&mut text.as_bytes()).unwrap()
        };
        assert!(head(100).unwrap().has("origin"));
        assert!(head(20_000).is_none());
    }
}
