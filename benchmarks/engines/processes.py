"""A function in a process of its own, which has nothing of this one's memory."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def apart(function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """What the function gives; it has to stand at the top of a module."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def stay_on_one_processor() -> None:
    """For the rest of this process and for threads that it starts from now on, those of libraries too."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
