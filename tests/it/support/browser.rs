//! A headless Chromium that is used like a person uses one: real mouse and key events, and looking
//! at what is on the page. Speaks the DevTools protocol over its WebSocket.
//!
//! `KS_ORDER_REQUIRE_CHROMIUM=1` makes a missing Chromium a failure instead of a skip.

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// How long anything may take to appear. Generous: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
];

/// What a window looks like to the page.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// `navigator.language`.
    pub language: &'static str,
    pub width: u32,
    pub height: u32,
    pub dark: bool,
}

impl Window {
    pub const DESKTOP: Self = Self {
        language: "en",
        width: 1440,
        height: 900,
        dark: false,
    };
    pub const PHONE: Self = Self {
        language: "en",
        width: 390,
        height: 844,
        dark: false,
    };

    pub fn language(self, language: &'static str) -> Self {
        Self { language, ..self }
    }
}

/// One browser with one page. Everything waits until it is possible, and panics with what the page
/// shows if it never is.
pub struct Browser {
    child: Child,
    _profile: TempDir,
    socket: WebSocket<TcpStream>,
    session: String,
    last_id: u64,
    problems: Vec<String>,
}

impl Browser {
    /// `None` where there is no Chromium, after saying so.
    pub fn start(window: Window) -> Option<Self> {
        let Some(program) = chromium() else {
            assert!(
                std::env::var_os("KS_ORDER_REQUIRE_CHROMIUM").is_none_or(|v| v != "1"),
                "Chromium is required here and not installed"
            );
            eprintln!("skipped: no Chromium found");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let child = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("--lang={}", window.language))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let socket = connect(&profile);
        let mut browser = Self {
            child,
            _profile: profile,
            socket,
            session: String::new(),
            last_id: 0,
            problems: Vec::new(),
        };
        browser.prepare(window);
        Some(browser)
    }

    fn prepare(&mut self, window: Window) {
        let target = self.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attached = self.call(
            "Target.attachToTarget",
            &json!({"targetId": target["targetId"], "flatten": true}),
        );
        self.session = attached["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            self.call(domain, &json!({}));
        }
        let scheme = if window.dark { "dark" } else { "light" };
        self.call(
            "Emulation.setEmulatedMedia",
            &json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
        self.call(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": window.width, "height": window.height, "deviceScaleFactor": 1,
                    "mobile": window.width < 720}),
        );
        self.call(
            "Emulation.setLocaleOverride",
            &json!({"locale": window.language}),
        );
        let language = window.language;
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            &json!({"source": format!(
                "Object.defineProperty(navigator, 'language', {{ get: () => '{language}' }})"
            )}),
        );
    }

    /// Sends one command and waits for its result; what the page reports meanwhile is kept.
    fn call(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        let mut body = json!({"id": id, "method": method, "params": params});
        if !self.session.is_empty() {
            body["sessionId"] = json!(self.session);
        }
        self.socket.send(Message::text(body.to_string())).unwrap();
        loop {
            let Message::Text(text) = self.socket.read().expect("Chromium answers in time") else {
                continue;
            };
            let mut message: Value = serde_json::from_str(&text).unwrap();
            if message["id"] == json!(id) {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
            self.note(&message);
        }
    }

    fn note(&mut self, message: &Value) {
        let params = &message["params"];
        let problem = match message["method"].as_str() {
            Some("Runtime.exceptionThrown") => &params["exceptionDetails"],
            Some("Runtime.consoleAPICalled") if params["type"] == "error" => &params["args"],
            Some("Log.entryAdded") if params["entry"]["level"] == "error" => &params["entry"],
            _ => return,
        };
        self.problems.push(problem.to_string());
    }

    /// Errors that the page logged or threw so far.
    pub fn problems(&mut self) -> &[String] {
        self.eval("1"); // takes in what was reported until now
        &self.problems
    }

    pub fn open(&mut self, url: &str) {
        self.call("Page.navigate", &json!({"url": url}));
        self.wait("the page", "document.readyState === 'complete'");
    }

    /// The value of a JavaScript expression (awaited).
    pub fn eval(&mut self, expression: &str) -> Value {
        let mut result = self.call(
            "Runtime.evaluate",
            &json!({"expression": expression, "awaitPromise": true, "returnByValue": true}),
        );
        assert!(
            result.get("exceptionDetails").is_none(),
            "{expression}: {result}"
        );
        result["result"]["value"].take()
    }

    /// Waits until an expression is truthy and returns it.
    pub fn wait(&mut self, what: &str, expression: &str) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let value = self.eval(expression);
            if !matches!(value, Value::Null | Value::Bool(false))
                && value != json!("")
                && value != json!(0)
            {
                return value;
            }
            if Instant::now() > until {
                self.give_up(what);
            }
            sleep(Duration::from_millis(50));
        }
    }

    fn give_up(&mut self, what: &str) -> ! {
        let shown = self.eval("document.body.innerText");
        let shown = shown.as_str().unwrap_or_default();
        panic!(
            "never came: {what}\nproblems: {:?}\nthe page shows:\n{shown}",
            self.problems
        );
    }

    /// Clicks the middle of the element that `element` (an expression) gives, once it is there,
    /// enabled, standing still, and nothing covers it.
    pub fn click(&mut self, what: &str, element: &str) {
        let place = self.wait(
            &format!("something to click: {what}"),
            &format!(
                "(async () => {{ const e = {element}; if (!e || e.disabled) return null;
                  e.scrollIntoView({{ block: 'nearest', inline: 'nearest', behavior: 'instant' }});
                  const middle = () => {{ const r = e.getBoundingClientRect();
                    return [r.x + r.width / 2, r.y + r.height / 2]; }};
                  const before = middle();
                  await new Promise((done) => setTimeout(done, 60));
                  const [x, y] = middle(), top = document.elementFromPoint(x, y);
                  const still = e.isConnected && x === before[0] && y === before[1];
                  return still && top && (e.contains(top) || top.contains(e)) ? [x, y] : null; }})()"
            ),
        );
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            self.call(
                "Input.dispatchMouseEvent",
                &json!({"type": kind, "x": place[0], "y": place[1], "button": button, "clickCount": 1}),
            );
        }
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({"text": text}));
    }

    /// Presses a key by its name: `Enter`, `Tab`, `Escape`, ` `, `ArrowDown`.
    pub fn key(&mut self, name: &str) {
        let (code, text) = match name {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Escape" => (27, ""),
            " " => (32, " "),
            "ArrowDown" => (40, ""),
            "ArrowUp" => (38, ""),
            other => panic!("no such key here: {other}"),
        };
        let down = if text.is_empty() {
            "rawKeyDown"
        } else {
            "keyDown"
        };
        self.call(
            "Input.dispatchKeyEvent",
            &json!({"type": down, "key": name, "code": name, "windowsVirtualKeyCode": code, "text": text}),
        );
        self.call(
            "Input.dispatchKeyEvent",
            &json!({"type": "keyUp", "key": name, "code": name, "windowsVirtualKeyCode": code}),
        );
    }

    /// A PNG of the window, for looking at by hand: into the folder that `KS_ORDER_SCREENSHOTS`
    /// names, if it is set.
    pub fn screenshot(&mut self, name: &str) {
        let Some(dir) = std::env::var_os("KS_ORDER_SCREENSHOTS") else {
            return;
        };
        use base64::Engine;
        // What is still fading in would look half-there.
        self.eval("Promise.race([new Promise((r) => setTimeout(r, 1000)), Promise.allSettled(document.getAnimations().map((a) => a.finished))]).then(() => 1)");
        let shot = self.call("Page.captureScreenshot", &json!({}));
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(shot["data"].as_str().unwrap())
            .unwrap();
        fs::write(PathBuf::from(dir).join(format!("{name}.png")), bytes).unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let close = json!({"id": u32::MAX, "method": "Browser.close"});
        let _ = self.socket.send(Message::text(close.to_string()));
        for _ in 0..40 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A string as a JavaScript literal.
pub fn js(text: &str) -> String {
    Value::from(text).to_string()
}

fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|dir| NAMES.iter().map(move |name| dir.join(name)))
        .find(|program| program.is_file())
}

/// Waits for Chromium to say where it listens, and connects.
fn connect(profile: &TempDir) -> WebSocket<TcpStream> {
    let file = profile.path().join("DevToolsActivePort");
    let until = Instant::now() + PATIENCE;
    let (port, path) = loop {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = text.trim_end().split_once('\n')
            && let Ok(port) = port.parse::<u16>()
        {
            break (port, path.to_owned());
        }
        assert!(Instant::now() < until, "Chromium did not start");
        sleep(Duration::from_millis(50));
    };
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let (socket, _) = tungstenite::client(format!("ws://127.0.0.1:{port}{path}"), stream).unwrap();
    socket
}
