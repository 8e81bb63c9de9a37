//! Starts the page.

fn main() {
    nicscope_web::start();
}
