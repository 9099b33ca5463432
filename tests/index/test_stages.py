"""The time of the stages."""

import pytest

from index.stages import Stage, StageClock


class Watch:
    """Shows what it is set to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_stage_within_another_counts_for_itself_alone() -> None:
    watch = Watch()
    clock = StageClock(watch)
    with clock.measure(Stage.DESCRIBE):
        watch.seconds += 1
        with clock.measure(Stage.REPAIR):
            watch.seconds += 10
        with clock.measure(Stage.PARSE):
            watch.seconds += 100
        watch.seconds += 1
    with clock.measure(Stage.REPAIR):
        watch.seconds += 10
    assert clock.taken() == {Stage.PARSE: 100, Stage.REPAIR: 20, Stage.DESCRIBE: 2}


def test_what_was_taken_is_told_once() -> None:
    clock = StageClock(Watch())
    clock.add_all({Stage.STORE: 1.0, Stage.READ: 2.0})
    clock.add(Stage.STORE, 1.0)
    assert list(clock.taken().items()) == [(Stage.READ, 2.0), (Stage.STORE, 2.0)]
    assert clock.taken() == {}


def test_a_stage_that_fails_is_counted() -> None:
    watch = Watch()
    clock = StageClock(watch)

    def failing() -> None:
        with clock.measure(Stage.REPAIR):
            watch.seconds += 3
            raise LookupError

    with pytest.raises(LookupError):
        failing()
    assert clock.taken() == {Stage.REPAIR: 3}
