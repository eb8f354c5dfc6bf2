output "workgroup_name" {
  description = "Name of the workgroup."
  value       = aws_athena_workgroup.this.name
}

output "workgroup_arn" {
  description = "ARN of the workgroup."
  value       = aws_athena_workgroup.this.arn
}

output "database_name" {
  description = "Name of the database."
  value       = aws_glue_catalog_database.this.name
}

output "catalog_arns" {
  description = "ARNs in the Glue catalog that a query reads: the catalog, the database, its tables and views."
  value       = concat([replace(aws_glue_catalog_database.this.arn, "/:database/.*/", ":catalog"), aws_glue_catalog_database.this.arn], [for table in concat(values(aws_glue_catalog_table.lines), values(aws_glue_catalog_table.view)) : table.arn])
}

output "answers_arn" {
  description = "ARN of the bucket with the answers."
  value       = module.answers.arn
}
