//! The search: one box over objects, functions, structs and their members, and what happens.

mod index;

use super::words::{Words, use_words};
use crate::browser::{dialog, document, input, keyboard};
use crate::widgets::{Dialog, Hook, HookContext, Kept, Part, Picture, kept, on_change, part};
pub use index::{Found, Searchable};
use index::{Group, Hits, Item};
use nicscope_core::search::{is_empty, marked};
use std::rc::Rc;
use yew::prelude::*;

/// The box with what was found.
#[derive(Clone, PartialEq)]
pub struct Search {
    /// What there is; asked when the reader turns to the box, and told again when more has come.
    pub ask: Callback<Callback<Searchable>>,
    /// This was chosen.
    pub onchoose: Callback<Found>,
    /// The dialog that it stands in was closed; none in the head.
    pub onclose: Option<Callback<()>>,
}

impl Search {
    /// In a dialog, where the head has no room.
    pub fn in_dialog(self, words: &Words) -> Html {
        part(Dialog {
            testid: "search-dialog",
            title: words.say("search-label"),
            close: words.say("close"),
            onclose: self.onclose.clone().unwrap_or_default(),
            content: part(self),
        })
    }
}

impl Part for Search {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let in_dialog = self.onclose.is_some();
        let (field, list) = (use_node_ref().run(hooks), use_node_ref().run(hooks));
        let typed = kept(hooks, String::new);
        let active = kept(hooks, || 0_usize);
        let all = kept(hooks, || None::<Rc<Vec<Group>>>);
        let left = use_mut_ref(|| None).run(hooks);
        // Counts when the reader turned to the box and left it: what comes after that is not for then.
        let turn = use_mut_ref(|| 0_u32).run(hooks);
        let query = Some(typed.get()).filter(|typed| !is_empty(typed));
        let there = all.get();
        let hits = match (&there, &query) {
            (Some(all), Some(query)) => index::hits(all, query),
            _ => Vec::new(),
        };
        let chosen: Vec<&Item> = hits.iter().flat_map(|hits| &hits.items).collect();
        on_change(hooks, (typed.get(), active.get()), {
            let list = list.clone();
            move |_| document::reveal(&list, "[aria-selected=true]")
        });
        let onfocus = {
            let (all, left, turn) = (all.clone(), Rc::clone(&left), Rc::clone(&turn));
            let (words, ask) = (words.clone(), self.ask.clone());
            Callback::from(move |event: FocusEvent| {
                *left.borrow_mut() = input::left_by(&event);
                let (all, words) = (all.clone(), words.clone());
                *turn.borrow_mut() += 1;
                let (turn, asked) = (Rc::clone(&turn), *turn.borrow());
                ask.emit(Callback::from(move |at| {
                    if *turn.borrow() == asked {
                        all.put(Some(Rc::new(index::all(&words, at))));
                    }
                }));
            })
        };
        let oninput = {
            let (typed, active) = (typed.clone(), active.clone());
            Callback::from(move |event: InputEvent| {
                typed.set(input::value_so_far(&event));
                active.set(0);
            })
        };
        let empty = {
            let (typed, all) = (typed.clone(), all.clone());
            move || {
                *turn.borrow_mut() += 1;
                typed.set(String::new());
                all.put(None);
            }
        };
        let onblur = {
            let empty = empty.clone();
            // A telephone's keyboard takes the focus along when it is put away.
            Callback::from(move |_: FocusEvent| {
                if !in_dialog {
                    empty()
                }
            })
        };
        let leave = {
            let field = field.clone();
            move || {
                empty();
                if in_dialog {
                    dialog::close_all();
                } else {
                    input::give_back(&field, left.take());
                }
            }
        };
        let choose = {
            let (leave, onchoose) = (leave.clone(), self.onchoose.clone());
            Callback::from(move |found: Found| {
                leave();
                onchoose.emit(found);
            })
        };
        let founds = chosen.iter().map(|item| item.found.clone()).collect();
        let onkeydown = keys(founds, active.clone(), choose.clone(), leave);
        let found = found(&words, &hits, query.as_deref(), (active.get(), list), &choose);
        let label = words.say("search-field");
        let here = chosen.get(active.get()).map(|_| ["found-", &active.get().to_string()].concat());
        html! {
            <search class={classes!("search", there.is_some().then_some("open"))}>
                { Picture::Search.draw() }
                <input id="search" ref={field} type="text" role="combobox" data-testid="search"
                    aria-label={label.clone()} placeholder={label} aria-autocomplete="list"
                    aria-expanded={(!chosen.is_empty()).to_string()} aria-controls="search-found"
                    aria-activedescendant={here} autocomplete="off" autocapitalize="off"
                    spellcheck="false" autofocus={in_dialog} enterkeyhint="go" value={typed.get()}
                    {onfocus} {onblur} {oninput} {onkeydown} />
                <kbd aria-hidden="true">{ "/" }</kbd>
                { found }
            </search>
        }
    }
}

/// Arrows choose, Enter goes there, Escape leaves.
fn keys(
    founds: Vec<Found>,
    active: Kept<usize>,
    choose: Callback<Found>,
    leave: impl Fn() + 'static,
) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let count = founds.len().max(1);
        match keyboard::pressed(&event).as_deref() {
            Some("ArrowDown") => active.set((active.get() + 1) % count),
            Some("ArrowUp") => active.set((active.get() + count - 1) % count),
            Some("Enter") => {
                founds.get(active.get()).into_iter().for_each(|one| choose.emit(one.clone()));
            }
            Some("Escape") => leave(),
            _ => return,
        }
        event.prevent_default();
    })
}

/// Below the box: how much was found, and what.
fn found(
    words: &Words,
    hits: &[Hits],
    query: Option<&str>,
    (active, list): (usize, NodeRef),
    choose: &Callback<Found>,
) -> Html {
    let total: usize = hits.iter().map(|hits| hits.total).sum();
    let status = match query {
        None => AttrValue::default(),
        Some(_) if total == 0 => words.fill("search-none", [("example", "skb len".into())]),
        Some(_) => words.fill("search-results", [("count", total.into())]),
    };
    html! {
        <div class="found">
            <p role="status" data-testid="search-status">{ status }</p>
            if query.is_none() {
                <p>{ words.fill("search-hint", [("example", "skb len".into())]) }</p>
            }
            // A press there must not take the keyboard from the box.
            <div id="search-found" class="list" role="listbox" aria-label={words.say("search-label")}
                ref={list} onmousedown={|event: MouseEvent| event.prevent_default()}>
                { groups(words, hits, query, active, choose) }
            </div>
        </div>
    }
}

fn groups(
    words: &Words,
    hits: &[Hits],
    query: Option<&str>,
    active: usize,
    choose: &Callback<Found>,
) -> Html {
    let mut number = 0;
    let groups = hits.iter().map(|hits| {
        let options = hits.items.iter().map(|item| {
            number += 1;
            let place = (number - 1, number - 1 == active);
            option(item, query, place, hits.are_sentences(), choose)
        });
        html! {
            <div role="group" aria-labelledby={hits.label} key={hits.label}>
                <p id={hits.label} role="presentation">{ words.say(hits.label) }{ " " }<small>{ hits.total }</small></p>
                { for options }
            </div>
        }
    });
    html! { <>{ for groups }</> }
}

fn option(
    item: &Item,
    query: Option<&str>,
    (number, is_active): (usize, bool),
    is_sentence: bool,
    choose: &Callback<Found>,
) -> Html {
    let marked = |text: &str| -> Html {
        let pieces = marked(query.unwrap_or_default(), text);
        let piece = |(found, piece): (bool, &str)| {
            let piece = piece.to_owned();
            if found {
                html! { <mark>{ piece }</mark> }
            } else {
                html! { piece }
            }
        };
        pieces.into_iter().map(piece).collect()
    };
    let (name, more) = (marked(&item.name), marked(&item.more));
    let onclick = choose.reform({
        let found = item.found.clone();
        move |_: MouseEvent| found.clone()
    });
    html! {
        <div role="option" id={["found-", &number.to_string()].concat()} {onclick}
            aria-selected={is_active.to_string()} class={is_sentence.then_some("said")}>
            <span>{ name }</span>{ " " }<small>{ more }</small>
        </div>
    }
}
