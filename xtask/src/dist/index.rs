//! The list of the static pages, one for all languages: names and versions are the same in each.

use super::page::head;
use super::style::Style;
use super::words::Words;
use super::{Atlas, kernel_title};
use anyhow::Result;
use nicscope_core::diagram::escaped;
use nicscope_core::notes::Theme;
use nicscope_text::Language;
use std::fmt::Write;

pub(super) fn page(atlas: &Atlas, style: &Style) -> Result<String> {
    let all = Language::ALL.map(Words::read);
    let words: Vec<Words> = all.into_iter().collect::<Result<_>>()?;
    let title: Vec<String> = words.iter().map(|words| words.text("embed-index")).collect();
    let style = style.text(Theme::System);
    let mut text = head(Language::En.tag(), &title.join(" · "), &[&style], Theme::System);
    text.push_str("<header><h1>nicscope</h1>");
    // Writing into a `String` cannot fail, here and below.
    for (words, title) in words.iter().zip(&title) {
        let about = words.text("embed-index-about");
        let tag = words.language.tag();
        let _ = write!(text, "<h2 lang=\"{tag}\">{title}</h2><p lang=\"{tag}\">{about}</p>");
    }
    text.push_str("</header><table class=\"index\"><thead><tr><td>");
    for (kernel, _) in &atlas.kernels {
        let _ = write!(text, "<th>{}", escaped(&kernel_title(kernel)));
    }
    text.push_str("<tbody>");
    for entry in atlas.guide.entries() {
        let name = &entry.claim.name;
        let _ = write!(text, "<tr><th scope=\"row\"><code>{name}</code>");
        for (kernel, _) in &atlas.kernels {
            text.push_str("<td>");
            for words in words.iter().filter(|_| entry.claim.is_of(&kernel.name)) {
                let (tag, kernel) = (words.language.tag(), &kernel.name);
                let says = words.text(words.language.name_id());
                let _ = write!(
                    text,
                    "<a href=\"{tag}/{kernel}/{name}.html\" lang=\"{tag}\">{says}</a> "
                );
            }
        }
    }
    text.push_str("</table></main></html>\n");
    Ok(text)
}
