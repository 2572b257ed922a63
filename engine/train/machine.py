"""What this machine is, in the words and numbers that a user knows it by."""
from __future__ import annotations

import ctypes
import os
import platform
import sys
from pathlib import Path

import torch


def device_name(device: torch.device) -> str:
    """'NVIDIA H100 80GB HBM3', 'AMD EPYC 7B13'."""
    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    return _processor() + (" GPU" if device.type == "mps" else "")


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_total(device: torch.device) -> int | None:
    """Bytes of memory that the device has; of the machine's where it uses that. None where the system does not tell."""
    if device.type == "cuda":
        return int(torch.cuda.get_device_properties(device).total_memory)
    if sys.platform == "win32":
        return _windows_total()
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def memory_free(device: torch.device) -> int | None:
    """Bytes of memory that this process can still have on the device; None where the system does not tell."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0] + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device))
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    if sys.platform == "win32":
        return _windows_free()
    return min((free for free in (_linux_free(), _container_free()) if free is not None), default=None)


def memory_used(device: torch.device) -> int | None:
    """Bytes that this process holds on the device: on a GPU the most that was reserved, else its memory in the machine."""
    if device.type == "cuda":
        return int(torch.cuda.max_memory_reserved(device))
    if device.type == "mps":
        return int(torch.mps.driver_allocated_memory())
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return _windows_used()
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _linux_free() -> int | None:
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        return int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        return None


def _container_free(folder: Path = Path("/sys/fs/cgroup")) -> int | None:
    """What a container leaves; 'max' is no limit."""
    try:
        most, now = (int((folder / name).read_text(encoding="ascii")) for name in ("memory.max", "memory.current"))
        return max(0, most - now)
    except (OSError, ValueError):
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if sys.platform == "win32":
    from ctypes import wintypes

    class _Memory(ctypes.Structure):
        """MEMORYSTATUSEX."""

        _fields_ = (("length", wintypes.DWORD), ("load", wintypes.DWORD), ("total", ctypes.c_uint64), ("free", ctypes.c_uint64),
                    ("rest", ctypes.c_uint64 * 5))

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = (("length", wintypes.DWORD), ("faults", wintypes.DWORD), ("peak", ctypes.c_size_t), ("now", ctypes.c_size_t),
                    ("rest", ctypes.c_size_t * 6))

    def _windows_memory() -> _Memory | None:
        memory = _Memory(length=ctypes.sizeof(_Memory))
        return memory if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(memory)) else None

    def _windows_total() -> int | None:
        memory = _windows_memory()
        return int(memory.total) if memory else None

    def _windows_free() -> int | None:
        memory = _windows_memory()
        return int(memory.free) if memory else None

    def _windows_used() -> int | None:
        counters, kernel = _Counters(length=ctypes.sizeof(_Counters)), ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        ask = kernel.K32GetProcessMemoryInfo
        ask.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
        return int(counters.now) if ask(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.length) else None
