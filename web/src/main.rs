//! The page: everything a person sees and touches.

use yew::prelude::*;

/// Stands in for the application until there is one: a heading, and a button that counts.
#[component]
fn App() -> Html {
    let count = use_state(|| 0_u32);
    let increment = {
        let count = count.clone();
        Callback::from(move |_| count.set(*count + 1))
    };
    html! {
        <main class="shell">
            <h1>{ "nicscope" }</h1>
            <button data-testid="count" onclick={increment}>{ *count }</button>
        </main>
    }
}

fn main() {
    let root = gloo::utils::document()
        .get_element_by_id("app")
        .expect("index.html has an element with the id `app`");
    yew::Renderer::<App>::with_root(root).render();
}
