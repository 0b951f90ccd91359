//! A sandbox of one's own, and a client that shows what really came over the wire.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use allclear_sandbox::server;
use allclear_sandbox::world::World;
use serde_json::{Value, json};

pub const STATUSPAGE: &str = "Authorization: OAuth sandbox-statuspage-key";
pub const CONSOLE: &str = "Authorization: OAuth sandbox-console-key";
pub const POSTMARK: &str = "X-Postmark-Server-Token: sandbox-postmark-token";
pub const RESEND: &str = "Authorization: Bearer re_sandbox_key";
pub const SENDGRID: &str = "Authorization: Bearer SG.sandbox-key";
pub const INCIDENTS: &str = "/v1/pages/sandboxpage1/incidents";

/// A sandbox that lives as long as this.
pub struct Peer {
    address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

/// What came back. `complete` is false when the connection closed before the body's promised end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub complete: bool,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Peer {
    /// With the seed and the switches of the seed.
    pub fn new() -> Self {
        let world = World::seeded(None).expect("a world");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("not blocking");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            server::serve(listener, world).await;
        });
        Self {
            address,
            _runtime: runtime,
        }
    }

    /// The same without limits of rate.
    pub fn free() -> Self {
        let peer = Self::new();
        let off = json!({"on": false, "requests": 1, "seconds": 1});
        peer.switches(&json!({"limits": {"statuspage": off, "resend": off, "sendgrid": off}}));
        peer
    }

    /// Sends a request without waiting for the answer.
    pub fn send(&self, method: &str, path: &str, headers: &[&str], body: &str) -> TcpStream {
        let mut socket = TcpStream::connect(self.address).expect("a connection");
        socket
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        let headers: String = headers.iter().flat_map(|line| [*line, "\r\n"]).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        socket.write_all(request.as_bytes()).expect("a request");
        socket
    }

    /// Sends a request; none when the connection closed without an answer.
    pub fn try_ask(
        &self,
        method: &str,
        path: &str,
        headers: &[&str],
        body: &str,
    ) -> Option<Answer> {
        let mut bytes = Vec::new();
        // A connection that is closed on purpose may end in an error: what came is what counts.
        let _ = self
            .send(method, path, headers, body)
            .read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).expect("text");
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0);
        Some(Answer {
            status,
            headers,
            complete: body.len() == length,
            body: body.to_owned(),
        })
    }

    /// Sends JSON, or nothing where it is null.
    pub fn ask(&self, method: &str, path: &str, key: &str, body: &Value) -> Answer {
        self.lost(method, path, key, body).expect("an answer")
    }

    /// The same where no answer may come.
    pub fn lost(&self, method: &str, path: &str, key: &str, body: &Value) -> Option<Answer> {
        let (headers, body) = if body.is_null() {
            (vec![key], String::new())
        } else {
            (
                vec![key, "Content-Type: application/json"],
                body.to_string(),
            )
        };
        self.try_ask(method, path, &headers, &body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, STATUSPAGE, &Value::Null)
    }

    pub fn control(&self, path: &str, body: &Value) -> Value {
        let method = if body.is_null() { "GET" } else { "POST" };
        let answer = self.ask(method, &format!("/_sandbox/{path}"), "X-None: 1", body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    pub fn switches(&self, change: &Value) {
        self.control("switches", change);
    }

    pub fn later(&self, seconds: i64) {
        self.control("clock", &json!({"add_seconds": seconds}));
    }

    /// Makes an incident and gives what the vendor answered.
    pub fn incident(&self, fields: &Value) -> Value {
        let answer = self.ask("POST", INCIDENTS, STATUSPAGE, &json!({"incident": fields}));
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    /// Changes an incident.
    pub fn change(&self, incident: &Value, fields: &Value) -> Answer {
        let path = format!("{INCIDENTS}/{}", incident["id"].as_str().expect("an id"));
        self.ask("PATCH", &path, STATUSPAGE, &json!({"incident": fields}))
    }

    /// The names of all incidents, newest first.
    pub fn names(&self) -> Vec<String> {
        let all = self.control("incidents", &Value::Null);
        let names = all.as_array().expect("a list").iter();
        names
            .map(|one| one["name"].as_str().expect("a name").to_owned())
            .collect()
    }
}
