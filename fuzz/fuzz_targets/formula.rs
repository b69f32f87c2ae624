#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = hence_fuzz::formula(data);
});
