//! The playground page: static files inside the binary, and QR codes. It acts on the emulator only
//! through the control API, from the browser. Must never load anything from elsewhere, and must
//! never hold anything of a shop: what it shows comes from chats.

use axum::Router;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

/// Nothing but the page's own files and what the control API gives may be loaded or run, so that a
/// message can't bring in anything, whatever a bug in drawing it might let through.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Text of a QR code, in bytes: more than any deep link, less than a code can hold.
const QR_BYTES: usize = 512;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Each file: path, type, content.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("index.html")),
    ("/icon.svg", SVG, include_str!("icon.svg")),
    ("/page.css", CSS, include_str!("page.css")),
    ("/chat.css", CSS, include_str!("chat.css")),
    ("/page.js", JS, include_str!("page.js")),
    ("/api.js", JS, include_str!("api.js")),
    ("/column.js", JS, include_str!("column.js")),
    ("/composer.js", JS, include_str!("composer.js")),
    ("/dom.js", JS, include_str!("dom.js")),
    ("/inline.js", JS, include_str!("inline.js")),
    ("/links.js", JS, include_str!("links.js")),
    ("/message.js", JS, include_str!("message.js")),
    ("/rich.js", JS, include_str!("rich.js")),
    ("/tools.js", JS, include_str!("tools.js")),
    ("/words.js", JS, include_str!("words.js")),
];

/// The page at `/`, its files beside it, and `/qr.svg?text=…`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES
        .iter()
        .fold(Router::new(), |router, &(path, content_type, content)| {
            router.route(
                path,
                get(move || async move { file(content_type, content) }),
            )
        })
        .route("/qr.svg", get(qr))
}

fn file(content_type: &'static str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, content).into_response()
}

#[derive(Deserialize)]
struct QrText {
    text: String,
}

async fn qr(Query(QrText { text }): Query<QrText>) -> Response {
    match svg(&text) {
        Some(image) => ([(header::CONTENT_TYPE, SVG)], image).into_response(),
        None => (StatusCode::BAD_REQUEST, "no QR code holds that text").into_response(),
    }
}

fn svg(text: &str) -> Option<String> {
    if text.is_empty() || text.len() > QR_BYTES {
        return None;
    }
    let code = qrcode::QrCode::new(text).ok()?;
    Some(
        code.render::<qrcode::render::svg::Color>()
            .min_dimensions(220, 220)
            .build(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_another_names_is_served() {
        let served: Vec<&str> = FILES.iter().map(|(path, ..)| *path).collect();
        for (path, _, content) in FILES {
            for (before, after) in [("from './", "'"), ("src=\"", "\""), ("href=\"", "\"")] {
                for named in content.split(before).skip(1) {
                    let Some((name, _)) = named.split_once(after) else {
                        continue;
                    };
                    if !name.starts_with('#') {
                        let full = format!("/{name}");
                        assert!(served.contains(&full.as_str()), "{path} names {name}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere_and_no_content_becomes_html() {
        for (path, content_type, content) in FILES {
            // The name of the SVG language is an address that nobody loads.
            let own = content.replace("http://www.w3.org/2000/svg", "");
            for foreign in [
                "src=\"http",
                "href=\"http",
                "url(http",
                "@import",
                "import('http",
            ] {
                assert!(!own.contains(foreign), "{path}: {foreign}");
            }
            if *content_type == JS {
                for unsafe_way in [
                    ".innerHTML",
                    ".outerHTML",
                    "insertAdjacentHTML",
                    "document.write",
                    "eval(",
                ] {
                    assert!(!own.contains(unsafe_way), "{path}: {unsafe_way}");
                }
            }
        }
    }

    #[test]
    fn both_languages_of_the_page_have_the_same_words() {
        let words = include_str!("words.js");
        let keys = |from: &str, to: &str| -> Vec<String> {
            let part = words.split(from).nth(1).unwrap().split(to).next().unwrap();
            let mut keys: Vec<String> = part
                .split(['{', ',', '\n'])
                .filter_map(|piece| piece.trim().split_once(": '"))
                .map(|(key, _)| key.trim().to_owned())
                .filter(|key| key.chars().all(|c| c.is_ascii_alphanumeric()))
                .collect();
            keys.sort();
            keys
        };
        let english = keys("const en = {", "\n};");
        assert!(english.len() > 60, "{english:?}");
        assert_eq!(english, keys("const zh = {", "\n};"));
    }

    #[test]
    fn a_qr_code_is_drawn_for_a_link_and_refused_for_nonsense() {
        let image = svg("https://t.me/sandbox_bot?start=abc").unwrap();
        assert!(image.contains("<svg"));
        assert_ne!(Some(image), svg("https://t.me/sandbox_bot?start=abd"));
        assert_eq!(svg(""), None);
        assert_eq!(svg(&"x".repeat(QR_BYTES + 1)), None);
    }
}
