"""Counts words; the folder's name is the function's name."""


def lambda_handler(event, context):
    return {"words": len(event["text"].split())}
