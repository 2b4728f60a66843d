package io.keyward.domain;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The way from each flow to the nearest of some flows that it reaches by calls.
///
/// Searches breadth first from those flows against the direction of the calls. Keeps the two nearest of each
/// flow, so that one of those flows itself also knows the nearest other one.
final class NearestFlows {
    private static final int KEPT = 2;
    private static final int NONE = -1;

    // Flow f has the places 2f and 2f + 1, by distance.
    private final int[] found;
    private final int[] next;
    private final int[] calls;
    private final int[] queue;
    private int queued;

    private NearestFlows(int flows) {
        found = new int[KEPT * flows];
        next = new int[KEPT * flows];
        calls = new int[KEPT * flows];
        queue = new int[KEPT * flows];
        Arrays.fill(found, NONE);
    }

    /// @param sought the flows to reach
    /// @param callers of each flow
    static NearestFlows among(int[] sought, int[][] callers) {
        NearestFlows nearest = new NearestFlows(callers.length);
        for (int flow : sought) {
            nearest.keep(KEPT * flow, flow, NONE);
        }
        for (int head = 0; head < nearest.queued; head++) {
            int place = nearest.queue[head];
            for (int caller : callers[place / KEPT]) {
                nearest.reached(caller, place);
            }
        }
        return nearest;
    }

    private void reached(int caller, int callee) {
        int first = KEPT * caller;
        if (found[first] == NONE) {
            keep(first, found[callee], callee);
        } else if (found[first] != found[callee] && found[first + 1] == NONE) {
            keep(first + 1, found[callee], callee);
        }
    }

    private void keep(int place, int flow, int callee) {
        found[place] = flow;
        next[place] = callee;
        calls[place] = callee == NONE ? 0 : calls[callee] + 1;
        queue[queued++] = place;
    }

    /// The number of calls to the nearest other flow that was sought; empty if none is reached.
    OptionalInt calls(int flow) {
        int place = nearestOther(flow);
        return found[place] == NONE ? OptionalInt.empty() : OptionalInt.of(calls[place]);
    }

    /// The called flows on the way to that flow, which is the last one. Those before it are left out if there
    /// are more than `most`.
    IntStream way(int flow, int most) {
        int start = nearestOther(flow);
        IntStream way = IntStream.iterate(next[start], place -> place != NONE, place -> next[place])
                .map(place -> place / KEPT);
        return calls[start] <= most ? way : IntStream.concat(way.limit(most - 1), IntStream.of(found[start]));
    }

    private int nearestOther(int flow) {
        int first = KEPT * flow;
        return found[first] == flow ? first + 1 : first;
    }
}
