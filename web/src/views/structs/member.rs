//! One member: what it is for, who touches it, where it leads, its value in the run.

use super::table::place_of;
use super::{About, Subject};
use crate::views::words::{Words, use_words};
use crate::widgets::{Button, Hook, HookContext, Part};
use nicscope_core::atlas::{Member, struct_name};
use nicscope_core::view::{MemberView, ObjectView};
use std::rc::Rc;
use yew::prelude::*;

/// What the run has of the struct at the moment where it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct InRun {
    /// The step.
    pub step: u64,
    /// The object of that struct that is looked at, or one of several.
    pub object: Option<Rc<ObjectView>>,
}

/// The member that is chosen, or what to do if none is.
#[derive(PartialEq)]
pub struct MemberPane {
    /// The struct.
    pub subject: Rc<Subject>,
    /// What is said of it.
    pub about: About,
    /// The place of the member.
    pub chosen: Option<usize>,
    /// The offsets of the member in other kernels, by their names; none where it is not there.
    pub elsewhere: Vec<(AttrValue, Option<AttrValue>)>,
    /// The struct that it leads to or holds, if that is at hand.
    pub leads: Option<AttrValue>,
    /// What the run has of it.
    pub run: Option<InRun>,
    /// Another struct shall be looked at.
    pub onname: Callback<String>,
}

/// The name of the struct that a type points to or is.
#[must_use]
pub fn target(type_name: &str) -> &str {
    let base = type_name.split(['*', '[', '(']).next().unwrap_or_default().trim_end();
    struct_name(base)
}

impl Part for MemberPane {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let found = self.chosen.and_then(|place| {
            Some((self.subject.paths.get(place)?, self.subject.layout.members.get(place)?))
        });
        let content = match found {
            Some((path, member)) => self.member(&words, path, member),
            None => html! { <p class="nothing">{ words.say("structs-choose") }</p> },
        };
        html! {
            <section class="of-member" aria-label={words.say("structs-member")} data-testid="struct-member">
                { content }
            </section>
        }
    }
}

impl MemberPane {
    fn member(&self, words: &Words, path: &AttrValue, member: &Member) -> Html {
        let Subject { kernel, layout, .. } = &*self.subject;
        let said = self.about.member(kernel, &layout.name, path);
        let source = said
            .as_ref()
            .map(|(_, claim)| super::subject::source(claim, &self.about.version(claim)));
        let leads = self.leads.clone().map(|name| {
            let onclick = self.onname.reform({
                let name = name.to_string();
                move |()| name.clone()
            });
            let label = html! { <code>{ name }</code> };
            Button { class: "go", ..Button::new("struct-leads", onclick, label) }.draw()
        });
        let elsewhere = self.elsewhere.iter().map(|(kernel, at)| {
            let at = at.clone().unwrap_or_else(|| words.say("structs-not-there"));
            html! { <li key={kernel.to_string()}>{ kernel }{ ": " }{ at }</li> }
        });
        html! {
            <>
                <h3><code>{ [&*layout.name, ".", path].concat() }</code></h3>
                <p class="type"><code>{ member.type_name.clone() }</code></p>
                <p class="figures" data-testid="member-place">{ place_of(words, member) }</p>
                if let Some((said, _)) = said { <p class="said" data-testid="member-said">{ said }</p> }
                <dl>
                    if let Some(leads) = leads {
                        <><dt>{ words.say("structs-leads") }</dt><dd>{ leads }</dd></>
                    }
                    { self.value(words, path) }
                    <dt>{ words.say("structs-elsewhere") }</dt><dd><ul>{ for elsewhere }</ul></dd>
                    if let Some(source) = source {
                        <><dt>{ words.say("structs-source") }</dt><dd>{ source }</dd></>
                    }
                </dl>
            </>
        }
    }

    /// Its value in the run, if the model holds it.
    fn value(&self, words: &Words, path: &str) -> Option<Html> {
        let run = self.run.as_ref()?;
        let object = run.object.as_ref()?;
        let held = |member: &&MemberView| member.path == path;
        let value = object.members.iter().find(held)?.new?;
        let which = [("object", object.id.key()), ("step", run.step.to_string())];
        let [object, step] = which.each_ref().map(|(name, text)| (*name, text.as_str().into()));
        Some(html! {
            <>
                <dt>{ words.fill("structs-value", [object, step]) }</dt>
                <dd data-testid="member-value"><code>{ value.to_string() }</code></dd>
            </>
        })
    }
}
