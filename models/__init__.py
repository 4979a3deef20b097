"""Readers of model files: each turns a file into `core.Network`, the plain graph that core computes with."""
