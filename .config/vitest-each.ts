import fc from 'fast-check';

/** Property tests try the same values in every run; TSDBT_SEED looks elsewhere. */
fc.configureGlobal({ seed: Number(process.env['TSDBT_SEED'] ?? 20261122) });
