import { StrahlError } from '#portability/errors.js';

/** Names under which the files of a pipeline are staged. */
export const STAGED: {
  readonly manifest: string;
  readonly bundle: string;
  readonly graph: string;
} = Object.freeze({
  manifest: 'strahl.json',
  bundle: 'strahl-bundle.mjs',
  graph: 'strahl-graph.pb',
});

/** What a worker needs to build a pipeline again. */
export interface PipelineManifest {
  /** Export of the bundle that is the pipeline. */
  readonly export: string;
  /** Plain data, as the build function got it. */
  readonly options: unknown;
  /** The job that all workers do, as a name that nobody can guess. */
  readonly job: string;
  /** Of the graph that was submitted. */
  readonly structuralHash: string;
  /** SHA-256 of the bundle and of the graph. */
  readonly bundle: string;
  readonly graph: string;
}

export function encodeManifest(manifest: PipelineManifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/** @throws STRAHL-8001 for what is not a manifest */
export function decodeManifest(bytes: Uint8Array): PipelineManifest {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Partial<PipelineManifest>;
    const texts = [
      manifest.export,
      manifest.job,
      manifest.structuralHash,
      manifest.bundle,
      manifest.graph,
    ];
    if (texts.every((text) => typeof text === 'string')) return manifest as PipelineManifest;
  } catch {
    // Told below.
  }
  throw new StrahlError('protocolBroken', {
    title: `${STAGED.manifest} says nothing about a pipeline of this SDK`,
  });
}
