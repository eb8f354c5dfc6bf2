# Laid beside the configuration when it is applied to moto. Endpoint, region and credentials come from the environment.
provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
