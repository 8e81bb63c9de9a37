//! The machine as somebody chose it: a driver, and settings by name.

use super::generator::Generator;
use super::knobs::{Knob, KnobError, set_knob};
use super::library::named;
use super::{CaptureError, Scenario, read_capture};
use crate::machine::{Driver, Settings, Traffic};
use serde::{Deserialize, Serialize};

/// A driver, and the settings that were chosen beside it. What was not chosen is the source's own,
/// and where that has none, the driver's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    driver: Driver,
    /// In order of names.
    chosen: Vec<(String, String)>,
}

impl Setup {
    /// A driver with nothing chosen beside it.
    #[must_use]
    pub fn of(driver: Driver) -> Self {
        Self { driver, chosen: Vec::new() }
    }

    /// The driver.
    #[must_use]
    pub fn driver(&self) -> Driver {
        self.driver
    }

    /// Takes another driver. Settings that it does not take are no longer chosen.
    pub fn set_driver(&mut self, driver: Driver) {
        self.driver = driver;
        self.chosen.retain(|(key, value)| accepted(driver, key, value).is_ok());
    }

    /// The value that was chosen for a setting.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        Some(self.chosen[self.place(key).ok()?].1.as_str())
    }

    /// Where a setting is among the chosen ones, or belongs.
    fn place(&self, key: &str) -> Result<usize, usize> {
        self.chosen.binary_search_by(|(chosen, _)| chosen.as_str().cmp(key))
    }

    /// What was chosen beside the driver, by name.
    pub fn chosen(&self) -> impl Iterator<Item = (&str, &str)> {
        self.chosen.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Chooses a setting's value. The driver is chosen with [`Self::set_driver`].
    ///
    /// # Errors
    /// If there is no such setting or it does not take the value.
    pub fn choose(&mut self, key: &str, value: &str) -> Result<(), KnobError> {
        accepted(self.driver, key, value)?;
        // One way to write a number, so that two setups that do the same are the same.
        let value = value.parse().map_or(value.to_owned(), |number: u64| number.to_string());
        match self.place(key) {
            Ok(place) => self.chosen[place].1 = value,
            Err(place) => self.chosen.insert(place, (key.to_owned(), value)),
        }
        Ok(())
    }

    /// Leaves a setting to the source.
    pub fn leave(&mut self, key: &str) {
        if let Ok(place) = self.place(key) {
            self.chosen.remove(place);
        }
    }

    /// The same for a capture, which has no generator.
    #[must_use]
    pub fn without_generator(&self) -> Self {
        let mut scenario = Scenario::of(self.driver, Traffic::default());
        let mut left = self.clone();
        left.chosen.retain(|(key, value)| set_knob(&mut scenario, None, key, value).is_ok());
        left
    }

    /// The run of a capture, as `host` receives it.
    ///
    /// # Errors
    /// If it is not a readable capture, or nothing in it was received.
    pub fn capture(&self, file: &[u8], host: Option<[u8; 4]>) -> Result<Scenario, CaptureError> {
        let mut scenario = Scenario::of(self.driver, read_capture(file, host)?);
        self.apply(&mut scenario, None);
        Ok(scenario)
    }

    /// The run of a ready scenario, if there is one of that name.
    #[must_use]
    pub fn ready(&self, name: &str) -> Option<Scenario> {
        let (mut scenario, ready) = named(name)?;
        scenario.settings = self.for_driver(scenario.settings);
        let mut generator = ready;
        self.apply(&mut scenario, Some(&mut generator));
        if generator != ready {
            scenario.traffic = generator.traffic();
        }
        Some(scenario)
    }

    fn apply(&self, scenario: &mut Scenario, mut generator: Option<&mut Generator>) {
        for (key, value) in &self.chosen {
            // Each was accepted; what is left to refuse is the generator's, where there is none.
            let _ = set_knob(scenario, generator.as_deref_mut(), key, value);
        }
    }

    /// A ready scenario's settings with what depends on the driver taken from the chosen one.
    fn for_driver(&self, settings: Settings) -> Settings {
        let (own, wanted) = (Settings::of(settings.driver), Settings::of(self.driver));
        Settings {
            driver: wanted.driver,
            itr_ns: wanted.itr_ns,
            intrl_ns: wanted.intrl_ns,
            rx_ring: if settings.rx_ring == own.rx_ring {
                wanted.rx_ring
            } else {
                settings.rx_ring
            },
            ..settings
        }
    }
}

/// Whether a setting takes a value with that driver.
fn accepted(driver: Driver, key: &str, value: &str) -> Result<(), KnobError> {
    if Knob::named(key).is_none_or(|knob| knob.key == "driver") {
        return Err(KnobError::Unknown { key: key.to_owned() });
    }
    let mut scenario = Scenario::of(driver, Traffic::default());
    set_knob(&mut scenario, Some(&mut Generator::default()), key, value)
}

#[cfg(test)]
mod tests {
    use super::Setup;
    use crate::machine::Driver;
    use crate::scenario::KnobError;

    #[test]
    fn a_ready_scenario_keeps_what_it_shows_with_the_other_driver() {
        let mut setup = Setup::of(Driver::Igb);
        let ring = |setup: &Setup, name| setup.ready(name).map(|run| run.settings.rx_ring);
        assert_eq!(ring(&setup, "ring-dry"), Some(64));
        assert_eq!(ring(&setup, "generator"), Some(256));
        setup.choose("rx_ring", "32").expect("a size");
        assert_eq!(ring(&setup, "generator"), Some(32));
        assert_eq!(ring(&setup, "no-such"), None);
    }

    #[test]
    fn a_generators_setting_makes_other_traffic_and_a_capture_has_none() {
        let mut setup = Setup::of(Driver::Ice);
        setup.choose("packets", "007").expect("a number");
        setup.choose("reads", "3").expect("a number");
        assert_eq!(setup.value("packets"), Some("7"));
        assert_eq!(setup.ready("stream").expect("ready").traffic.frames.len(), 7);
        let left = setup.without_generator();
        assert_eq!(left.chosen().collect::<Vec<_>>(), [("reads", "3")]);
    }

    #[test]
    fn what_a_driver_does_not_take_goes_with_it() {
        let mut setup = Setup::of(Driver::Ice);
        setup.choose("mtu", "9702").expect("what ice takes");
        setup.choose("rx_usecs", "20").expect("both take it");
        setup.set_driver(Driver::Igb);
        assert_eq!(setup.chosen().collect::<Vec<_>>(), [("rx_usecs", "20")]);
        assert!(matches!(setup.choose("mtu", "9702"), Err(KnobError::BadValue { .. })));
        assert!(matches!(setup.choose("driver", "ice"), Err(KnobError::Unknown { .. })));
    }
}
