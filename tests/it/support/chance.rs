//! Chance for tests that can be run again with the same luck.

/// Numbers that look random; the seed is printed, so that a run can be repeated.
pub struct Chance(u64);

impl Chance {
    pub fn new(name: &str) -> Self {
        let given = std::env::var("KS_ORDER_SEED")
            .ok()
            .and_then(|s| s.parse().ok());
        let seed = given.unwrap_or_else(|| {
            let now = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap();
            u64::try_from(now.as_nanos() % 1_000_000_007).unwrap()
        });
        println!("{name}: KS_ORDER_SEED={seed}");
        Self(seed | 1)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
