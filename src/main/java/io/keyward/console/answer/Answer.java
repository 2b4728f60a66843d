package io.keyward.console.answer;

/// An answer of the console. In JSON, the fields of [Extent] stand beside those of the answer.
///
/// The collections belong to the records: they are never changed afterwards.
public sealed interface Answer
        permits DeadlineList,
                DisableAnswer,
                EnvironmentAnswer,
                EnvironmentList,
                KeyAnswer,
                Overview,
                TenantAnswer,
                TimelineAnswer,
                WhatIfAnswer {
    /// How far the answer reaches.
    Extent extent();
}
