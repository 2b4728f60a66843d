package io.keyward.console.answer;

import io.keyward.console.replica.Extent;
/// An answer of the console. In JSON, the fields of [Extent] and [DisableVerdict] stand beside those of the answer.
///
/// The collections belong to the records: they are never changed afterwards.

public sealed interface Answer
        permits DeadlineList,
                DisableAnswer,
                EnvironmentAnswer,
                EnvironmentList,
                KeyAnswer,
                KeyList,
                LockedKeyList,
                Overview,
                SearchAnswer,
                TenantAnswer,
                TenantList,
                TimelineAnswer,
                WhatIfAnswer {
    /// The source of the events that an answer proposes.
    String SOURCE = "keyward console";

    /// How far the answer reaches.
    Extent extent();
}
