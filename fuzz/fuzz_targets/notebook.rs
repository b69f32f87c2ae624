#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| hence_fuzz::notebook(data));
