//! Takes: command-line arguments, files, standard input. Gives: output and an exit code.
//! Never: knows mathematics.
//! Start reading at: this file.
