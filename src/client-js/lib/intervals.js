// Sets of times, as lists of [from, until) that are in order and do not touch. -Infinity is the beginning of time, and
// Infinity stands for an interval that has not ended.

export function union(intervals) {
  const sorted = intervals.filter(([from, until]) => from < until).sort(([one], [other]) => one - other || 0);
  const merged = [];
  for (const [from, until] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) {
      last[1] = Math.max(last[1], until);
    } else {
      merged.push([from, until]);
    }
  }
  return merged;
}

// The times in the first set that are not in the second.
export function minus(intervals, taken) {
  let left = intervals;
  for (const [begin, end] of taken) {
    left = left.flatMap(([from, until]) => [
      [from, Math.min(until, begin)],
      [Math.max(from, end), until],
    ]);
    left = left.filter(([from, until]) => from < until);
  }
  return left;
}
