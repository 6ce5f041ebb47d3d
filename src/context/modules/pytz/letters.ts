/** Letters of the time zone database (standard time, then summer time) that Intl has otherwise or not at all; '' for numbers. */
const ZONES: readonly (readonly [letters: string, zones: string])[] = [
  [
    '',
    'America/Miquelon Antarctica/Casey Antarctica/Troll Asia/Colombo Asia/Dubai Asia/Muscat Australia/Eucla Australia/LHI Australia/Lord_Howe NZ-CHAT Pacific/Chatham',
  ],
  ['CST', 'Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai Asia/Taipei PRC ROC'],
  ['CST CDT', 'America/Havana Cuba'],
  ['ChST', 'Pacific/Guam Pacific/Saipan'],
  ['GMT', 'Etc/GMT GMT GMT+0 GMT-0 GMT0'],
  ['GMT BST', 'Europe/Guernsey Europe/Isle_of_Man Europe/Jersey'],
  ['GMT IST', 'Eire Europe/Dublin'],
  ['HKT', 'Asia/Hong_Kong Hongkong'],
  ['HST HDT', 'America/Adak America/Atka US/Aleutian'],
  ['IST IDT', 'Asia/Jerusalem Asia/Tel_Aviv Israel'],
  ['JST', 'Asia/Tokyo Japan'],
  ['KST', 'Asia/Pyongyang Asia/Seoul ROK'],
  ['MSK', 'Europe/Kirov Europe/Moscow Europe/Simferopol Europe/Volgograd W-SU'],
  ['MST', 'America/Dawson America/Hermosillo America/Mazatlan America/Whitehorse Canada/Yukon Mexico/BajaSur'],
  ['PKT', 'Asia/Karachi'],
  ['PST', 'Asia/Manila'],
  ['SST', 'Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa'],
  ['WIB', 'Asia/Jakarta Asia/Pontianak'],
  ['WIT', 'Asia/Jayapura'],
  ['WITA', 'Asia/Makassar Asia/Ujung_Pandang'],
];

/** Letters of times gone by, in zones that have numbers today; by the offset in seconds. */
const FORMER: Readonly<Record<string, string>> = {
  'America/Miquelon -14400': 'AST',
  'Australia/LHI 36000': 'AEST',
  'Australia/Lord_Howe 36000': 'AEST',
};

let byZone: ReadonlyMap<string, string> | undefined;

/** The letters of a zone; undefined where Intl's are right. */
export function lettersOf(zone: string, offset: number): readonly string[] | undefined {
  byZone ??= new Map(ZONES.flatMap(([letters, zones]) => zones.split(' ').map((one) => [one, letters] as const)));
  return (FORMER[`${zone} ${offset}`] ?? byZone.get(zone))?.split(' ');
}
