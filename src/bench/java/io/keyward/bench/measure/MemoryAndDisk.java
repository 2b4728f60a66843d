package io.keyward.bench.measure;

/// The room that a subject takes for its state.
///
/// @param peakResidentBytes the most memory its process has had
/// @param liveHeapBytes what a full collection leaves on its heap
/// @param diskBytes the files it keeps
public record MemoryAndDisk(long peakResidentBytes, long liveHeapBytes, long diskBytes) {}
