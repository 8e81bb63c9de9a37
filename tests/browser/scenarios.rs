//! The list of scenarios.

mod accessible;
mod bytes;
mod embeds;
mod failure;
mod fit;
mod links;
mod motion;
mod object;
mod own_kernel;
mod requirements;
mod search;
mod start;
mod stream;
mod structs;
mod timeline;
mod walk;

use crate::page::Page;
use anyhow::Result;
use std::pin::Pin;

type Run = for<'a> fn(&'a Page) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Something a person does, and what has to come of it.
pub(crate) struct Scenario {
    /// The path of its function.
    pub(crate) name: &'static str,
    /// Does it in a browser that was just started.
    pub(crate) run: Run,
}

macro_rules! scenarios {
    ($($path:path),* $(,)?) => {
        &[$(Scenario { name: stringify!($path), run: |page| Box::pin($path(page)) }),*]
    };
}

/// All of them, in the order they are run.
pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    start::policy_refuses_inline_scripts,
    start::missing_wasm_is_said_in_the_page,
    start::page_starts_in_every_look,
    start::look_is_what_the_page_sees,
    start::the_first_visit_asks_for_little,
    requirements::the_first_screen_tells_a_scene_without_scrolling,
    requirements::the_first_visit_is_light_and_nothing_jumps,
    requirements::all_controls_are_real_and_named,
    requirements::a_step_lists_its_changes_or_says_that_there_are_none,
    requirements::lines_of_prose_are_short,
    requirements::prose_and_values_are_large,
    requirements::stepping_leaves_the_history_alone,
    requirements::a_first_visit_does_not_need_the_last_file,
    requirements::what_comes_later_comes_when_it_is_needed,
    failure::a_panic_shows_message_place_and_report,
    failure::sentences_that_cannot_be_fetched_are_missed,
    failure::words_of_steps_that_cannot_be_fetched_are_missed,
    failure::the_first_step_needs_the_first_file_alone,
    failure::a_last_file_that_cannot_be_fetched_is_missed,
    failure::a_language_that_cannot_be_fetched_is_not_switched_to,
    accessible::axe_finds_nothing_on_a_desktop,
    accessible::axe_finds_nothing_on_a_phone,
    accessible::axe_finds_a_mistake_that_was_planted,
    links::a_copied_link_opens_the_same_moment_in_a_new_page,
    links::a_hostile_address_gives_a_message_and_a_page_that_works,
    links::a_link_with_a_file_asks_for_it_and_knows_another,
    links::back_leads_to_what_was_left,
    links::a_moment_is_taken_along,
    links::pictures,
    motion::what_moves_takes_as_long_as_the_speed_says,
    motion::who_wants_no_movement_sees_none,
    walk::it_opens_paused_before_the_first_frame,
    walk::one_press_of_space_plays_and_the_button_pauses,
    walk::two_hundred_steps_on_and_back_are_the_same_states,
    walk::twenty_presses_are_twenty_steps_from_any_focus,
    walk::the_slider_and_the_field_lead_to_a_step,
    walk::granularity_says_how_far_a_step_goes,
    walk::a_language_keeps_step_and_state,
    walk::the_browsers_language_is_spoken,
    walk::a_malformed_capture_is_refused_and_changes_nothing,
    walk::a_capture_that_is_dropped_runs,
    walk::what_runs_can_be_chosen,
    walk::the_theme_follows_the_system_until_one_is_chosen,
    walk::help_lists_the_keys_and_escape_closes_it,
    walk::a_phone_shows_scene_transport_and_sentence_at_once,
    walk::text_is_large_enough,
    fit::no_step_needs_to_be_scrolled,
    fit::all_tabs_are_seen_at_every_width,
    stream::gro_holds_segments_and_tcp_queues_them,
    walk::pictures,
    object::a_step_shows_old_and_new_length_of_its_sk_buff,
    object::a_descriptor_that_is_clicked_shows_its_struct_and_stays,
    object::a_click_beside_the_objects_opens_nothing,
    object::an_object_is_found_by_the_keyboard_alone,
    object::the_structs_come_when_the_pane_is_opened,
    object::a_step_goes_to_what_happens_to_the_object,
    object::a_packet_that_is_clicked_is_followed,
    object::the_pane_is_sound_in_every_look,
    search::a_function_is_reached_by_the_keyboard_alone,
    search::what_comes_late_leaves_the_box_closed,
    search::arrows_choose_and_escape_leaves_all_as_it_was,
    search::a_member_is_marked_in_its_struct,
    search::what_happens_is_found_in_korean_and_nothing_is_said_to_be_nothing,
    search::the_page_of_structs_is_searched_for_structs,
    search::the_search_is_sound_in_every_look,
    timeline::a_press_leads_to_the_step_whose_time_is_there,
    timeline::each_control_does_what_it_says,
    timeline::markers_lead_to_the_step_with_the_fact,
    timeline::the_playhead_goes_with_the_steps,
    timeline::a_phone_has_it_as_a_tab,
    timeline::axe_and_pictures,
    bytes::a_byte_and_its_field_mark_each_other,
    bytes::a_step_that_writes_marks_bytes_and_registers,
    bytes::bytes_and_fields_are_reached_by_the_keyboard,
    bytes::both_panes_are_sound_in_every_look,
    structs::a_member_that_is_clicked_is_explained_and_linked,
    structs::a_member_within_and_one_that_is_none_are_told,
    structs::arrows_go_from_member_to_member,
    structs::each_side_shows_all_members,
    structs::two_kernels_are_compared,
    structs::a_whole_kernel_comes_and_is_searched,
    structs::what_is_not_there_is_said,
    structs::kernels_that_cannot_be_fetched_are_asked_for_again,
    structs::structs_that_come_for_the_search_are_shown,
    own_kernel::an_own_kernel_is_read_and_a_damaged_one_refused,
    own_kernel::a_dropped_file_goes_where_it_belongs,
    structs::the_run_is_seen_in_its_structs,
    structs::the_run_stays_where_it_is,
    structs::a_struct_opens_in_place_and_a_union_shows_each,
    structs::pointers_lead_from_struct_to_struct,
    structs::a_struct_is_taken_along,
    structs::the_page_is_sound_in_every_look,
    embeds::a_foreign_page_frames_an_embed_that_may_nothing,
    embeds::a_file_keeps_its_theme_and_one_follows_the_system,
    embeds::every_file_is_light_and_whole,
    embeds::no_struct_is_wider_than_the_narrowest_frame,
    embeds::an_embed_leads_to_the_live_page_and_to_the_others,
    embeds::embeds_are_sound_at_every_width,
];
