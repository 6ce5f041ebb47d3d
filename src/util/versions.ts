/** What we present ourselves as: clients choose their parser by it (design §2.1). */
export const DBT_VERSION = '1.12.6';
export const ADAPTER_VERSION = '1.10.3';
