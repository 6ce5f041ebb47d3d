import { airflow } from './airflow.ts';
import { crontab } from './crontab.ts';
import { github } from './github.ts';
import { kubernetes } from './kubernetes.ts';
import { systemd } from './systemd.ts';
import type { Exporter } from './types.ts';

export type ExportFormat = 'airflow' | 'crontab' | 'systemd' | 'kubernetes' | 'github';

/** What each scheduler needs to start the jobs, with their limits in its own words. */
export const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = { airflow, crontab, systemd, kubernetes, github };
