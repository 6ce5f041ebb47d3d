import { join } from 'node:path';
import type { Manifest } from '../model/index.ts';
import { writeJson } from './json-file.ts';

/** perf_info.json: how many files were read, and how long everything took (seconds). Steps that are not apart here are null. Gives its path. */
export function writePerfInfo(targetPath: string, manifest: Manifest, load_all_elapsed: number): string {
  const own = Object.values(manifest.nodes);
  const path_count = new Set(own.map(({ original_file_path }) => original_file_path)).size;
  const path = join(targetPath, 'perf_info.json');
  writeJson(path, {
    path_count,
    parsed_path_count: path_count,
    static_analysis_path_count: 0,
    static_analysis_parsed_path_count: 0,
    is_partial_parse_enabled: null,
    is_static_analysis_enabled: null,
    read_files_elapsed: null,
    load_macros_elapsed: null,
    parse_project_elapsed: null,
    patch_sources_elapsed: null,
    process_manifest_elapsed: null,
    load_all_elapsed,
    projects: [],
  });
  return path;
}
