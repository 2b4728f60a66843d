package io.keyward.bench.measure;

/// The memory and disk that a subject needs for its state.
///
/// @param peakResidentBytes the peak resident memory of its process
/// @param liveHeapBytes the size of its heap after a full collection
/// @param diskBytes the size of its files
public record MemoryAndDisk(long peakResidentBytes, long liveHeapBytes, long diskBytes) {}
