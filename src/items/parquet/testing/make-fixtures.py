"""Makes the Parquet files of the tests beside this script. Needs pyarrow: pip install pyarrow"""
import datetime as d
import decimal
import os

import pyarrow as pa
import pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))
D = decimal.Decimal


def write(table, name, **options):
    pq.write_table(table, os.path.join(HERE, name + ".parquet"), **options)


write(
    pa.table({
        "id": pa.array([1, 9007199254740993, -5], pa.int64()),
        "small": pa.array([1, None, -3], pa.int32()),
        "u32": pa.array([4294967295, 0, 1], pa.uint32()),
        "u64": pa.array([18446744073709551615, 0, None], pa.uint64()),
        "f": pa.array([0.1, 1.0, None], pa.float32()),
        "d": pa.array([0.1, 2.0, float("nan")], pa.float64()),
        "h": pa.array([1.5, None, -0.25], pa.float16()),
        "b": pa.array([True, None, False]),
        "s": pa.array(["héllo 😀", None, ""], pa.string()),
        "bin": pa.array([b"\x00\xff", None, b"x"], pa.binary()),
        "fix": pa.array([b"\x00\xff", None, b"xy"], pa.binary(2)),
        "dec": pa.array([D("123.45"), None, D("-0.50")], pa.decimal128(10, 2)),
        "big": pa.array([D("12345678901234567890123.4567890"), D("0E-7"), None], pa.decimal128(38, 7)),
        "day": pa.array([d.date(2026, 11, 23), None, d.date(1969, 12, 31)]),
        "ts_ms": pa.array(
            [d.datetime(2026, 11, 23, 1, 2, 3, 456000), None, d.datetime(1969, 12, 31, 23, 59, 59, 999000)],
            pa.timestamp("ms", tz="UTC"),
        ),
        "ts_us": pa.array([d.datetime(2026, 11, 23, 1, 2, 3, 456789), None, d.datetime(2026, 1, 1)], pa.timestamp("us")),
        "ts_ns": pa.array([1795395723123456789, None, 0], pa.timestamp("ns", tz="UTC")),
        "time": pa.array([d.time(1, 2, 3, 4), None, d.time(23, 59, 59)], pa.time64("us")),
        "list": pa.array([[1, 2, None], None, []], pa.list_(pa.int64())),
        "nested": pa.array([[["a"], []], [], None], pa.list_(pa.list_(pa.string()))),
        "struct": pa.array(
            [{"x": 1, "y": "z"}, None, {"x": None, "y": "w"}],
            pa.struct([("x", pa.int32()), ("y", pa.string())]),
        ),
        "map": pa.array(
            [[("k", D("1.50")), ("__proto__", D("2.00"))], None, []],
            pa.map_(pa.string(), pa.decimal128(5, 2)),
        ),
        "structs": pa.array([[{"when": d.date(2020, 1, 1)}], None, []], pa.list_(pa.struct([("when", pa.date32())]))),
    }),
    "types",
    compression="snappy",
)

rows = pa.table({"n": pa.array(range(5000), pa.int64()), "t": pa.array([f"text {i % 7}" for i in range(5000)])})
for codec in ("snappy", "gzip", "zstd", "none"):
    write(
        rows,
        f"rows-{codec}",
        compression=codec,
        row_group_size=1000,
        data_page_size=4096 if codec == "none" else 512,
        data_page_version="2.0" if codec == "zstd" else "1.0",
        use_dictionary=["t"],
        column_encoding={"n": "DELTA_BINARY_PACKED"},
        write_statistics=False,
    )
write(rows.slice(0, 3), "brotli", compression="brotli")
write(rows.slice(0, 0), "empty")
at = pa.array([d.datetime(2026, 11, 23, 1, 2, 3, 456789)], pa.timestamp("ns"))
write(pa.table({"at": at}), "int96", use_deprecated_int96_timestamps=True)
